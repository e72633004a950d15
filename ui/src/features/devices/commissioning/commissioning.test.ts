import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionView } from '$features/session/testing';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { CommissionPreview, PreviewCommission } from '$wire/types';
import CommissionPage from './CommissionPage.svelte';
import { chosenDevices, commissioningOf, openCommissioning, recallForm, rememberForm } from './chosen';
import { asItIs } from './settings';

const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const person = userEvent.setup();
let host: FakePlatform;

const previewOf = ({ ids, settings }: PreviewCommission): CommissionPreview =>
  ({
    rows: ids.map((system, place) => ({
      system,
      name: `Berth-${place + 1}`,
      model: 'P3265-LVE',
      serial: `B8A44F00000${place}`,
      host: `10.44.6.${20 + place}`,
      address: settings.addressing.kind === 'range' ? `10.44.7.${20 + place}` : '',
      host_name: settings.host_name === '' ? '' : `cam-${place + 1}`,
      problem: null,
    })),
    taken: settings.addressing.kind === 'range' ? [{ address: '10.44.7.22', by: 'refuses' }] : [],
    cannot_tell: false,
    skipped: [],
  }) as CommissionPreview;

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  host = new FakePlatform({
    // The third system that is chosen is no camera.
    'systems.index': () => packIds([idOf(1), idOf(2)]),
    'systems.window': () => [],
    'devices.preview_commission': previewOf,
    'devices.commission': () => ({ id: 'a1', skipped: [] }),
  });
  usePlatform(host);
});

async function opened(): Promise<void> {
  router.go('/devices/commission', { ids: [idOf(1), idOf(2), idOf(3)].join(',') }, { replace: true, sure: true });
  render(CommissionPage);
  await screen.findByText('B8A44F000000');
}

describe('commissioning (DEV-60)', () => {
  it('shows what there is at once, leaves out what is no camera, and begins nothing that changes nothing', async () => {
    await opened();
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Commission 2 devices');
    expect(screen.getByText('1 selected system is not a camera and is left out')).toBeTruthy();
    expect(host.callsOf('devices.preview_commission')[0]?.ids).toEqual([idOf(1), idOf(2)]);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Commission 2 devices…' }).disabled).toBe(true);
  });

  it('previews a range, takes corrections, asks in numbers and goes to the results', async () => {
    await opened();
    await person.click(screen.getByRole('radio', { name: /Fixed addresses/ }));
    await person.type(screen.getByLabelText('First address'), '10.44.7.20');
    await person.type(screen.getByLabelText('Last address'), '10.44.7.30');
    expect(screen.getByText(/The settings have changed/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByText('1 address of the range was passed over');
    const address = screen.getByLabelText('New address of Berth-2');
    await person.clear(address);
    await person.type(address, '10.44.7.29');
    await person.click(screen.getByRole('button', { name: 'Commission 2 devices…' }));
    const dialog = screen.getByRole('dialog', { hidden: true });
    expect(dialog.textContent).toContain('2 devices get other addresses');
    expect(dialog.textContent).toContain('followed by its serial number');
    await person.click(within(dialog).getByRole('button', { name: 'Commission 2 devices', hidden: true }));
    await waitFor(() => expect(router.path).toBe('/devices/acts/a1'));
    const [sent] = host.callsOf('devices.commission');
    expect(sent?.devices.map((device) => device.address)).toEqual(['10.44.7.20', '10.44.7.29']);
    expect(sent?.settings.addressing).toEqual({
      kind: 'range',
      first: '10.44.7.20',
      last: '10.44.7.30',
      prefix: 24,
      gateway: '',
    });
    expect(recallForm('a1')?.first).toBe('10.44.7.20');
  });

  it('shows problems of the settings and of single devices where they belong', async () => {
    await opened();
    await person.click(screen.getByRole('radio', { name: /Fixed addresses/ }));
    host.on('devices.preview_commission', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'settings.addressing.first', code: 'field.not-an-address', params: {} }],
      });
    });
    await person.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByText('Not an IPv4 address that a device can have in this network');
    host.on('devices.preview_commission', previewOf).on('devices.commission', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'devices.1.address', code: 'field.taken', params: {} }],
      });
    });
    await person.click(screen.getByRole('button', { name: 'Preview' }));
    await screen.findByLabelText('New address of Berth-2');
    await person.click(screen.getByRole('button', { name: 'Commission 2 devices…' }));
    const dialog = screen.getByRole('dialog', { hidden: true });
    await person.click(within(dialog).getByRole('button', { name: 'Commission 2 devices', hidden: true }));
    await screen.findByText('Another device of this list gets this address');
    expect(screen.getByLabelText('New address of Berth-2').getAttribute('aria-invalid')).toBe('true');
    expect(router.path).toBe('/devices/commission');
  });

  /** UI-08 */
  it('names the devices that are left out, by reason', async () => {
    const all = [1, 2, 3, 4, 5].map(idOf);
    host.on('systems.index', () => packIds(all));
    host.on('systems.window', ({ ids }) =>
      [
        { id: idOf(2), name: 'Quay-2' },
        { id: idOf(4), name: 'Quay-4' },
      ]
        .filter(({ id }) => ids.includes(id))
        .map((row) => row as never),
    );
    host.on('devices.preview_commission', (asked) => ({
      ...previewOf({ ...asked, ids: [idOf(1)] }),
      skipped: [
        { id: idOf(2), problem: 'right.missing' },
        { id: idOf(3), problem: 'not-found' },
        { id: idOf(4), problem: 'right.missing' },
        { id: idOf(5), problem: 'right.missing' },
      ],
    }));
    router.go('/devices/commission', { ids: all.join(',') }, { replace: true, sure: true });
    render(CommissionPage);
    await screen.findByText('4 devices are left out');
    const [rights, gone] = screen.getAllByRole('term');
    expect(rights?.textContent).toBe('This account does not have permission (3)');
    expect(rights?.nextElementSibling?.textContent).toContain('Quay-2 and Quay-4 and 1 more');
    expect(rights?.nextElementSibling?.textContent).toContain('Ask an administrator');
    expect(gone?.textContent).toBe('It does not exist or no longer exists (1)');
    expect(screen.getByText('1 device ready')).toBeTruthy();
  });

  it('says that a long selection is not kept any more, and that one is too long', async () => {
    router.go('/devices/commission', { list: 'gone' }, { replace: true, sure: true });
    render(CommissionPage);
    expect(await screen.findByText('This selection is not kept any more')).toBeTruthy();
    openCommissioning(Array.from({ length: 501 }, (_, index) => idOf(index)));
    expect(await screen.findByText('At most 500 devices at once')).toBeTruthy();
  });
});

describe('what is chosen', () => {
  const query = (name: string): string | null => router.query(name);
  it('stands in the address while it is short, and is kept while it is long', () => {
    const many = Array.from({ length: 300 }, (_, index) => idOf(index));
    openCommissioning(many.slice(0, 2), 'a7');
    expect(router.query('ids')).toBe(many.slice(0, 2).join(','));
    expect(router.query('again')).toBe('a7');
    expect(chosenDevices(query)).toEqual(many.slice(0, 2));
    openCommissioning(many);
    expect(router.address.length).toBeLessThan(60);
    expect(chosenDevices(query)).toEqual(many);
    expect(commissioningOf(['x'])).toBe('#/devices/commission?ids=x');
  });

  it('keeps the settings of the latest acts', () => {
    for (let act = 0; act < 30; act += 1) rememberForm(`act-${act}`, { ...asItIs(), first: String(act) });
    expect(recallForm('act-29')?.first).toBe('29');
    expect(recallForm('act-0')).toBeNull();
    expect(recallForm(null)).toBeNull();
  });
});
