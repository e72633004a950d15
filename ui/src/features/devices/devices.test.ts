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
import type { FoundDevice, ListDescription } from '$wire/types';
import ActPage from './ActPage.svelte';
import ActsPage from './ActsPage.svelte';
import { candidateOfFound } from './adding';
import AddPage from './AddPage.svelte';
import { remember } from './begun';
import CredentialsPage from './CredentialsPage.svelte';
import FindPage from './FindPage.svelte';
import { searchForm } from './search-form.svelte';
import { certificateView, deviceAct, deviceResult, discoveryView, foundDevice } from './testing';

const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const person = userEvent.setup();
let host: FakePlatform;

const set = { id: 's1', organization: 'o1', name: 'Kitahama 2026', user_name: 'fleet', changed_at: 0, revision: 3 };
const folder = (id: string, name: string, parent: string | null) => ({
  id,
  parent,
  name,
  default: parent === null,
  zone: null,
  zone_in_force: 'Europe/Berlin',
  systems: 0,
  states: [],
  alarms: [],
});

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView({ organization: 'o1' });
  // Rows exist only where there is a place for them.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
  host = new FakePlatform({
    'organizations.read': () => ({ id: 'o1', name: 'Kitahama', may_manage: true }) as never,
    'folders.tree': () => [folder('f1', 'Kitahama', null), folder('f2', 'Berth 6', 'f1')],
    'credential_sets.of': () => [set],
    'devices.add': () => ({ id: 'added', skipped: [] }),
  });
  usePlatform(host);
});

function finding(rows: FoundDevice[], more = {}): void {
  let given = false;
  host.on('discovery.read', () => discoveryView({ found: rows.length, ...more }));
  host.on('discovery.rows', () => {
    const reply = { revision: rows.length, rows: given ? [] : rows, gone: [], more: false };
    given = true;
    return reply;
  });
}

/** DEV-01 */
describe('finding devices', () => {
  beforeEach(() => {
    router.go('/devices/find', {}, { replace: true, sure: true });
    host.on('discovery.interfaces', () => [
      { name: 'eth0', addresses: ['10.44.0.7'], networks: ['10.44.0.0/21'], loopback: false, up: true },
    ]);
    searchForm.ways = new Set(['mdns']);
    searchForm.ranges = '';
  });

  it('offers the networks of this computer, says what is wrong, and goes to the search', async () => {
    render(FindPage, { params: {} });
    await person.click(await screen.findByRole('button', { name: '10.44.0.0/21 (eth0)' }));
    const ranges = screen.getByRole('textbox', { name: 'Address ranges' });
    expect((ranges as HTMLTextAreaElement).value).toBe('10.44.0.0/21');
    host.on('discovery.start', () =>
      Promise.reject(
        new WireError({
          code: 'form.invalid',
          fields: [{ field: 'ranges', code: 'discovery.range', params: { reason: 'no' } }],
        }),
      ),
    );
    await person.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText(/^Not an address range/)).toBeTruthy();
    expect(ranges.getAttribute('aria-invalid')).toBe('true');
    host.on('discovery.start', () => discoveryView());
    await person.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() => expect(router.path).toBe('/devices/find/d1'));
    expect(host.callsOf('discovery.start').at(-1)).toEqual({
      ways: ['mdns', 'ranges'],
      interfaces: null,
      ranges: '10.44.0.0/21',
    });
  });

  it('says what prevented a part, and that a search is not kept any more', async () => {
    finding([], {
      hindrances: [{ way: 'mdns', interface: 'eth0', range: '', reason: 'answers-filtered', detail: '' }],
    });
    render(FindPage, { params: { id: 'd1' } });
    expect(await screen.findByText(/^Affected: mDNS on eth0\. Allow incoming UDP/)).toBeTruthy();
    document.body.replaceChildren();
    host.on('discovery.read', () => Promise.reject(new WireError({ code: 'not-found' })));
    render(FindPage, { params: { id: 'd1' } });
    expect(await screen.findByText('This search is not kept any more')).toBeTruthy();
  });

  /** DEV-02, CUS-11: nothing is pinned that was not seen. */
  it('adds what is chosen, with the certificates that were seen', async () => {
    const certificate = certificateView('AA:BB');
    finding([
      foundDevice('A1', { host: '10.44.6.20', state: 'factory_new', certificate }),
      foundDevice('A2', { host: '10.44.6.21' }),
      foundDevice('A3', { host: '10.44.6.22', state: 'managed', system: 'y1', folder: 'Berth 4' }),
    ]);
    render(FindPage, { params: { id: 'd1' } });
    const grid = await screen.findByRole('grid', { name: 'Found devices' });
    await waitFor(() => expect(within(grid).getAllByRole('row')).toHaveLength(4));
    const managed = within(grid).getByText('Berth 4').closest('[role=row]') as HTMLElement;
    expect(within(managed).getByRole<HTMLInputElement>('checkbox').disabled).toBe(true);
    expect(within(managed).getByRole('link').getAttribute('href')).toBe('#/systems?open=y1');

    await person.click(within(grid).getByRole('checkbox', { name: 'Select all that can be added' }));
    await person.click(screen.getByRole('button', { name: 'Add 2 devices…' }));
    const panel = await screen.findByRole('complementary', { name: 'Add 2 devices' });
    const pin = within(panel).getByRole<HTMLInputElement>('checkbox', { name: /^Pin it; I have seen it/ });
    expect(pin.disabled).toBe(true);
    await person.click(within(panel).getByRole('button', { name: 'View the new certificate…' }));
    expect(await screen.findByText('AA:BB')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Pin it' }));
    await waitFor(() => expect(pin.checked).toBe(true));
    await within(panel).findByRole('option', { name: 'Kitahama 2026 (fleet)' });
    await person.click(within(panel).getByRole('button', { name: 'Add 2 devices' }));
    await waitFor(() => expect(router.path).toBe('/devices/acts/added'));
    const device = { port: 443, name: '' };
    expect(host.callsOf('devices.add')).toEqual([
      {
        organization: 'o1',
        folder: 'f1',
        devices: [
          { ...device, host: '10.44.6.20', serial: 'A1', accept: 'AA:BB' },
          { ...device, host: '10.44.6.21', serial: 'A2', accept: null },
        ],
        credentials: { kind: 'set', id: 's1' },
        first_account: { user_name: 'root', password: null },
        accept_first_met: false,
      },
    ]);
  });
});

/** DEV-02 */
it('adds devices by hand, with the problem of each line under it', async () => {
  router.go('/devices/add', {}, { replace: true, sure: true });
  render(AddPage);
  await person.type(await screen.findByLabelText('Address'), '10.44.6.90');
  await person.click(screen.getByRole('button', { name: 'Another device' }));
  await person.click(screen.getByRole('radio', { name: 'None; devices that ask are left out' }));
  await person.click(
    screen.getByRole('checkbox', { name: 'Create the first account on devices that turn out to be factory-new' }),
  );
  host.on('devices.add', () =>
    Promise.reject(
      new WireError({
        code: 'form.invalid',
        fields: [{ field: 'devices.1.host', code: 'field.required', params: {} }],
      }),
    ),
  );
  await person.click(screen.getByRole('button', { name: 'Add 2 devices' }));
  const second = screen.getAllByLabelText('Address')[1];
  await waitFor(() => expect(second?.getAttribute('aria-invalid')).toBe('true'));
  expect(host.callsOf('devices.add')[0]).toMatchObject({
    credentials: null,
    first_account: { user_name: 'root', password: null },
    devices: [{ host: '10.44.6.90', port: 443 }, { host: '' }],
  });
});

/** DEV-02: a device that waits for its first account leads here; the certificate that is believed of it is found by its serial number. */
it('begins with the device that the address names, and gives it its first account', async () => {
  const query = { host: '10.44.6.91', port: '8443', serial: 'A9', organization: 'o2', folder: 'f2', first: 'yes' };
  router.go('/devices/add', query, { replace: true, sure: true });
  render(AddPage);
  const panel = await screen.findByRole('complementary', { name: 'Add 1 device' });
  expect(within(panel).getByText('First account on the 1 factory-new device')).toBeTruthy();
  expect(within(panel).queryByLabelText('Password')).toBeNull();
  // Nothing was typed yet that leaving would lose.
  router.go('/systems');
  expect(router.path).toBe('/systems');
  await waitFor(() =>
    expect(within(panel).getByRole<HTMLButtonElement>('button', { name: /^Add 1/ }).disabled).toBe(false),
  );
  await person.click(within(panel).getByRole('button', { name: 'Add 1 device' }));
  await waitFor(() => expect(host.callsOf('devices.add')).toHaveLength(1));
  expect(host.callsOf('devices.add')[0]).toMatchObject({
    organization: 'o2',
    folder: 'f2',
    devices: [{ host: '10.44.6.91', port: 8443, serial: 'A9' }],
    credentials: null,
    first_account: { user_name: 'root', password: null },
  });
});

/** UI-29 */
describe('the results of an act', () => {
  const list: ListDescription = {
    list: 'device_results',
    columns: (['act', 'state', 'name', 'host', 'step'] as const).map((name) => ({
      name,
      kind: name === 'act' ? 'id' : name === 'state' || name === 'step' ? 'choice' : 'text',
      choices: [],
      sortable: name !== 'act',
      filterable: true,
      searchable: false,
      default_visible: name !== 'act',
    })),
    layout: null,
  };
  const rows = [
    deviceResult(idOf(1)),
    deviceResult(idOf(2), {
      host: '10.44.6.71',
      step: 'certificate',
      problem: { code: 'device.certificate-unseen', params: {}, fields: [], retryable: false, id: '' },
      certificate: certificateView('CC:DD'),
    }),
    deviceResult(idOf(3), { host: '10.44.6.20', state: 'done', step: 'store', problem: null, system: idOf(8) }),
  ];
  beforeEach(() => {
    router.go('/devices/acts/a1', {}, { replace: true, sure: true });
    host
      .on('lists.describe', () => list)
      .on('lists.views', () => [])
      .on('devices.act', () => deviceAct())
      .on('device_results.index', ({ criteria }) => {
        const state = criteria.find(({ column }) => column === 'state')?.test;
        const wanted = state?.kind === 'any_of' ? state.values : null;
        return packIds(rows.filter((row) => wanted?.includes(row.state) ?? true).map(({ id }) => id));
      })
      .on('device_results.window', ({ ids }) => rows.filter(({ id }) => ids.includes(id)));
  });

  it('are those of the act alone, whichever tile is chosen, and say why some failed', async () => {
    render(ActPage, { params: { id: 'a1' } });
    expect(await screen.findByRole('heading', { name: 'Add 3 devices' })).toBeTruthy();
    expect(await screen.findByText('Why 2 devices failed')).toBeTruthy();
    expect(await screen.findByText('Certificate')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Failed 2' }));
    await waitFor(() => expect(router.query('filter')).toContain('failed'));
    await waitFor(() => expect(host.callsOf('device_results.index').length).toBeGreaterThan(1));
    for (const { criteria } of host.callsOf('device_results.index')) {
      expect(criteria[0]).toEqual({ column: 'act', test: { kind: 'any_of', values: ['a1'] } });
    }
    expect(screen.queryByText('Action')).toBeNull();
  });

  /** Passwords are not kept: they are asked for again, and what was done is not done twice. */
  it('are tried again where they failed', async () => {
    render(ActPage, { params: { id: 'a1' } });
    await person.click(await screen.findByRole('button', { name: 'Retry 2…' }));
    const panel = await screen.findByRole('complementary', { name: 'Add 2 devices' });
    await person.click(within(panel).getByRole('radio', { name: 'User name and password, for this time' }));
    await person.type(within(panel).getByLabelText('User name'), 'root');
    await person.type(within(panel).getByLabelText('Password'), 'other');
    await person.click(within(panel).getByRole('button', { name: 'Add 2 devices' }));
    await waitFor(() => expect(host.callsOf('devices.add')).toHaveLength(1));
    expect(host.callsOf('devices.add')[0]).toMatchObject({
      organization: 'o1',
      credentials: { kind: 'typed', user_name: 'root', password: 'other' },
      devices: [
        { host: '10.44.6.50', serial: 'B8A44F1C3380', accept: null },
        { host: '10.44.6.71', accept: null },
      ],
    });
  });

  /** DEV-02: refused before they were asked, they are factory-new still; what was answered is not asked again. */
  it('are tried again with what was answered before', async () => {
    const candidate = candidateOfFound(
      foundDevice('B8A44F1C3380', { host: '10.44.6.71', state: 'factory_new', certificate: certificateView('CC:DD') }),
    );
    remember('a7', {
      organization: 'o1',
      folder: 'f2',
      candidates: [candidate],
      accepted: new Set(),
      answers: {
        credentials: { kind: 'typed', set: '', userName: 'fleet' },
        first: { give: true, userName: 'harbour', kind: 'different' },
      },
    });
    router.go('/devices/acts/a7', { open: idOf(2) }, { replace: true, sure: true });
    render(ActPage, { params: { id: 'a7' } });
    await person.click(await screen.findByRole('button', { name: 'Accept and try again…' }));
    const panel = await screen.findByRole('complementary', { name: 'Add 1 device' });
    expect(within(panel).getByText('First account on the 1 factory-new device')).toBeTruthy();
    expect(within(panel).getByLabelText<HTMLInputElement>('User name').value).toBe('harbour');
    expect(within(panel).queryByLabelText('Password')).toBeNull();
    await person.click(within(panel).getByRole('button', { name: 'Add 1 device' }));
    await waitFor(() => expect(host.callsOf('devices.add')).toHaveLength(1));
    expect(host.callsOf('devices.add')[0]).toMatchObject({
      folder: 'f2',
      devices: [{ host: '10.44.6.71', accept: 'CC:DD' }],
      credentials: null,
      first_account: { user_name: 'harbour', password: null },
    });
  });

  /** CUS-11 */
  it('have the certificate to look at, and it is accepted for that device alone', async () => {
    router.setQuery({ open: idOf(2) }, { replace: true, sure: true });
    render(ActPage, { params: { id: 'a1' } });
    await person.click(await screen.findByRole('button', { name: 'Accept and try again…' }));
    const panel = await screen.findByRole('complementary', { name: 'Add 1 device' });
    await within(panel).findByRole('option', { name: 'Kitahama 2026 (fleet)' });
    await person.click(within(panel).getByRole('button', { name: 'Add 1 device' }));
    await waitFor(() => expect(host.callsOf('devices.add')).toHaveLength(1));
    expect(host.callsOf('devices.add')[0]?.devices).toMatchObject([{ host: '10.44.6.71', accept: 'CC:DD' }]);
  });

  it('can be cancelled while they come', async () => {
    host.on('devices.act', () => deviceAct({ work: 'w1', finished_at: null }));
    host.on('work.cancel', () => ({}));
    render(ActPage, { params: { id: 'a1' } });
    await person.click(await screen.findByRole('button', { name: 'Cancel the rest' }));
    await waitFor(() => expect(host.callsOf('work.cancel')).toEqual([{ id: 'w1' }]));
    expect(screen.queryByRole('button', { name: /^Retry/ })).toBeNull();
  });
});

it('lists acts with what they came to', async () => {
  host.on('devices.acts', () => [deviceAct(), deviceAct({ id: 'a2', kind: 'set_password', about: 'ops' })]);
  render(ActsPage);
  const link = await screen.findByRole('link', { name: 'Change the password of “ops” on 3 devices' });
  expect(link.getAttribute('href')).toBe('#/devices/acts/a2');
  expect(screen.getAllByText('2 failed')).toHaveLength(2);
});

/** DEV-02: a password never comes back; without a new one the stored one stays. */
it('changes and deletes credential sets', async () => {
  host.on('credential_sets.save', () => set).on('credential_sets.delete', () => ({}));
  render(CredentialsPage, { params: { id: 'o1' } });
  await person.click(await screen.findByRole('button', { name: 'Change Kitahama 2026' }));
  const dialog = await screen.findByRole('dialog', { name: 'Change Kitahama 2026' });
  const name = within(dialog).getByLabelText('Name');
  await person.clear(name);
  await person.type(name, 'Kitahama');
  await person.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(host.callsOf('credential_sets.save')).toHaveLength(1));
  expect(host.callsOf('credential_sets.save')[0]).toEqual({
    id: 's1',
    organization: 'o1',
    revision: 3,
    name: 'Kitahama',
    user_name: 'fleet',
    password: null,
  });
  await person.click(screen.getByRole('button', { name: 'Delete Kitahama 2026' }));
  await person.click(await screen.findByRole('button', { name: 'Delete credential set' }));
  await waitFor(() => expect(host.callsOf('credential_sets.delete')).toEqual([{ id: 's1', organization: 'o1' }]));
});
