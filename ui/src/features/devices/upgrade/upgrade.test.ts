import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionView } from '$features/session/testing';
import { idOf, systemRow } from '$features/systems/testing';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { ExcludedDevice, UpgradePlan } from '$wire/types';
import { whyExcluded } from './upgrading';
import UpgradePage from './UpgradePage.svelte';

const person = userEvent.setup();
let host: FakePlatform;
const plan: UpgradePlan = {
  chosen: 3,
  devices: 2,
  customers: 1,
  restarts: 4,
  groups: [
    {
      model: 'P3265-LVE',
      from: '10.12.153',
      path: [
        { version: '11.11.178', package: 'p2', size: 82_000_000, verified: true },
        { version: '12.7.61', package: 'p1', size: 94_000_000, verified: false },
      ],
      missing: ['10.12'],
      devices: 2,
      minutes: 13,
    },
  ],
  skipped: [],
  excluded: [
    {
      problem: 'device.unreachable',
      count: 1,
      devices: [{ id: idOf(3), name: 'B4-Gate-3', customer: 'Werft Nord', version: '' }],
    },
  ],
};

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView({ organization: null });
  host = new FakePlatform({
    'devices.plan_upgrade': () => plan,
    'systems.window': ({ ids }) =>
      ids.map((id) => ({ ...systemRow(1, { model: 'P3265-LVE', organization: 'o1' }), id })),
    'systems.index': () => packIds([idOf(1), idOf(2), idOf(3)]),
    'repository.index': () => packIds([idOf(7)]),
    'repository.window': () => [
      { id: idOf(7), version: '11.11.178', product: 'P3265-LVE', file_name: 'a.bin' } as never,
    ],
    'organizations.read': () => ({ id: 'o1', zone: 'Europe/Berlin' }) as never,
    'devices.upgrade': () => ({ id: 'j1', name: 'Upgrade', skipped: [{ id: idOf(3), problem: 'device.unreachable' }] }),
  });
  usePlatform(host);
  router.go('/devices/upgrade', { ids: [1, 2, 3].map(idOf).join(',') }, { replace: true, sure: true });
});

/** DEV-20 */
describe('the upgrade of devices', () => {
  it('says from where, through what, to where, and who is left out and why', async () => {
    render(UpgradePage);
    expect(await screen.findByText('2 of 3 selected devices, at 1 customer')).toBeTruthy();
    expect(screen.getByText('through 11.11.178')).toBeTruthy();
    expect(screen.getByText('10.12 is missing in the repository')).toBeTruthy();
    expect(screen.getByText('176 MB')).toBeTruthy();
    expect(screen.getByText('No answer from the device')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'B4-Gate-3' })).toBeTruthy();
  });

  it('names the version that all who are left out run already, and none where there are several', () => {
    const device = (version: string): ExcludedDevice => ({ id: idOf(1), name: 'B4-Gate-1', customer: '', version });
    const why = (count: number, ...versions: string[]): string =>
      whyExcluded({ problem: 'upgrade.current', count, devices: versions.map(device) });
    expect(why(2, '12.7.61', '12.7.61')).toBe('Already on 12.7.61');
    expect(why(2, '12.7.61', '11.11.178')).toBe('Already at the version that is wanted');
    expect(why(3, '12.7.61')).toBe('Already at the version that is wanted');
  });

  it('plans anew for another package', async () => {
    render(UpgradePage);
    const target = await screen.findByRole('combobox', { name: 'Upgrade to' });
    await waitFor(() => expect(screen.getByRole('option', { name: '11.11.178 · P3265-LVE' })).toBeTruthy());
    await person.selectOptions(target, '11.11.178 · P3265-LVE');
    await waitFor(() => expect(host.callsOf('devices.plan_upgrade').at(-1)?.target).toBe(idOf(7)));
  });

  it('orders a job in three steps, and goes to it', async () => {
    render(UpgradePage);
    await screen.findByText('through 11.11.178');
    await person.click(screen.getByRole('button', { name: 'Continue' }));
    expect(router.query('step')).toBe('rollout');
    await person.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(router.query('step')).toBe('summary');
    expect(host.callsOf('devices.upgrade')).toEqual([]);
    await person.click(await screen.findByRole('button', { name: 'Upgrade 2 devices' }));
    await waitFor(() => expect(router.path).toBe('/jobs/j1'));
    expect(host.callsOf('devices.upgrade')).toEqual([
      {
        ids: [1, 2, 3].map(idOf),
        target: null,
        order: {
          name: '',
          schedule: { kind: 'now' },
          rollout: { waves: [], threshold: { act: 'pause', systems: 1, percent: null } },
          priority: 500,
          tolerance_minutes: null,
        },
      },
    ]);
  });

  it('goes back to the fields that were refused', async () => {
    host.on('devices.upgrade', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'name', code: 'field.too-long', params: { limit: 120 } }],
      });
    });
    router.setQuery({ step: 'summary' });
    render(UpgradePage);
    await person.click(await screen.findByRole('button', { name: 'Upgrade 2 devices' }));
    await waitFor(() => expect(router.query('step')).toBe('rollout'));
    expect((await screen.findByRole('textbox', { name: /^Name/ })).getAttribute('aria-invalid')).toBe('true');
  });

  it('is reached from a model, for all of its devices', async () => {
    router.go('/devices/upgrade', { model: 'P3265-LVE' }, { replace: true, sure: true });
    render(UpgradePage);
    await screen.findByText('through 11.11.178');
    expect(host.callsOf('devices.plan_upgrade')[0]?.ids).toEqual([1, 2, 3].map(idOf));
  });

  it('orders nothing where nobody can be upgraded', async () => {
    host.on('devices.plan_upgrade', () => ({ ...plan, devices: 0, groups: [] }));
    render(UpgradePage);
    expect(await screen.findByText('None of the selected devices can be upgraded.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Continue' }).disabled).toBe(true);
  });
});
