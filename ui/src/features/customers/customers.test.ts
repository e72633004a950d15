import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import type { LicenceLine, AccountName, TestResult } from '$wire/types';
import CustomerPage from './CustomerPage.svelte';
import CustomerPanel from './CustomerPanel.svelte';
import DeleteDialog from './DeleteDialog.svelte';
import EditSeveral from './EditSeveral.svelte';
import LaunchDialog from './LaunchDialog.svelte';
import { connectionView } from '../connections/testing';
import { byConnection, foundSystems, type SystemGroup } from './systems';
import { certificate, customerDetails, customerPanel, customerRow, systemCard } from './testing';

const person = userEvent.setup();
let host: FakePlatform;
const panelProps = { id: 'c1', onclose: vi.fn(), onlaunch: vi.fn(), onrefresh: vi.fn(), ondelete: vi.fn() };
const answer = (more: Partial<TestResult>): TestResult => ({
  status: 'success',
  connection: 'connected',
  certificate: certificate('BB:BB'),
  pinned: null,
  detail: '',
  proof: null,
  systems: 0,
  version: '',
  ...more,
});

beforeEach(() => {
  queryClient.clear();
  location.hash = '';
  host = new FakePlatform({
    'customers.tags': () => [{ tag: 'retail', customers: 3 }],
    'accounts.names': () => [
      { id: 'o1', login: 'akeller', name: 'A. Keller', role: 'operator', enabled: true },
      { id: 'a1', login: 'maren', name: 'Maren Osei', role: 'administrator', enabled: true },
    ],
  });
  usePlatform(host);
});

describe('adding a customer', () => {
  /** CUS-11: an unknown certificate is shown and pinned only after a yes; then the test proves the connection. */
  it('shows the certificate, tests again after a yes, and saves with the proof', async () => {
    host.on('customers.test', ({ accept }) =>
      accept === null
        ? answer({ status: 'certificate_not_trusted', connection: 'problems' })
        : answer({ proof: 'p', systems: 4, version: '11.1.2.4' }),
    );
    host.on('customers.save', () => customerDetails());
    render(CustomerPage, { params: {} });
    await person.type(screen.getByLabelText('Name'), 'Kaufhaus Bergmann');
    await person.type(screen.getByLabelText('IP address or FQDN'), '10.20.4.10');
    await person.type(screen.getByLabelText('Service password'), 'secret');
    const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    await person.click(screen.getByRole('button', { name: 'Test connection' }));
    await screen.findByText('BB:BB');
    expect(save.disabled).toBe(true);
    await person.click(screen.getByRole('button', { name: 'Accept and test again' }));
    await screen.findByText('4 systems, version 11.1.2.4');
    expect(host.callsOf('customers.test').map(({ accept }) => accept)).toEqual([null, 'BB:BB']);
    expect(save.disabled).toBe(false);
    await person.click(save);
    await waitFor(() => expect(location.hash).toBe('#/customers?open=c1'));
    expect(host.callsOf('customers.save')[0]).toMatchObject({
      id: null,
      proof: 'p',
      accept: 'BB:BB',
      password: 'secret',
      without_contact: false,
    });
  });

  /** CUS-11 */
  it('asks for another test when the connection is changed after it', async () => {
    host.on('customers.test', () => answer({ proof: 'p', systems: 1 }));
    render(CustomerPage, { params: {} });
    await person.type(screen.getByLabelText('IP address or FQDN'), '10.20.4.10');
    await person.click(screen.getByRole('button', { name: 'Test connection' }));
    await screen.findByText(/^One system/);
    await person.type(screen.getByLabelText('IP address or FQDN'), '0');
    await screen.findByText('The connection was changed after the test');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });

  /** CUS-11, CUS-03 */
  it('saves what does not answer only without contact, and says what to do', async () => {
    host.on('customers.test', () =>
      answer({ status: 'unreachable', connection: 'disconnected', certificate: null, detail: 'timed out' }),
    );
    host.on('customers.save', () => {
      throw new WireError({ code: 'form.invalid', fields: [{ field: 'name', code: 'field.taken', params: {} }] });
    });
    render(CustomerPage, { params: {} });
    await person.type(screen.getByLabelText('IP address or FQDN'), '10.20.4.10');
    await person.click(screen.getByRole('button', { name: 'Test connection' }));
    // What a machine said is marked as such, below the sentence that says what to do.
    expect((await screen.findByText('timed out')).closest('p')?.textContent).toMatch(/^Technical detail/);
    expect(screen.getByText(/Check address, network and power/)).toBeTruthy();
    await person.click(screen.getByRole('checkbox', { name: /Save without contact/ }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Already in use');
    expect(host.callsOf('customers.save')[0]).toMatchObject({ without_contact: true, proof: null });
  });

  /** CUS-10 */
  it('assigns operators by name and offers no administrators', async () => {
    render(CustomerPage, { params: {} });
    await person.click(screen.getByLabelText(/^Assigned operators/));
    const options = within(await screen.findByRole('listbox')).getAllByRole('option');
    expect(options.map((option) => option.textContent?.trim())).toEqual(['A. Keller (akeller)']);
    await person.click(options[0] as HTMLElement);
    await screen.findByRole('button', { name: 'Remove A. Keller (akeller)' });
  });
});

describe('changing a customer', () => {
  /** ACC-16: who is there by a label is shown, and cannot be taken away by hand. */
  it('shows operators by label without a way to remove them', async () => {
    const account = (id: string, name: string): AccountName => ({
      id,
      login: id,
      name,
      role: 'operator',
      enabled: true,
    });
    host.on('customers.read', () =>
      customerDetails({
        operators: ['o1'],
        operator_names: [account('o1', 'A. Keller'), account('o2', 'B. Ito')],
        operators_by_label: ['o2'],
      }),
    );
    render(CustomerPage, { params: { id: 'c1' } });
    await screen.findByText('B. Ito (o2)');
    expect(screen.getByText('by label')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Remove B. Ito (o2)' })).toBeNull();
    await screen.findByRole('button', { name: /^Remove A. Keller/ });
  });
});

describe('the panel of a customer', () => {
  const refused = connectionView({
    status: 'certificate_changed',
    state: 'disconnected',
    certificate: certificate('AA:AA'),
    waiting_certificate: certificate('BB:BB'),
  });
  beforeEach(() => host.on('connections.of', () => [connectionView()]));

  /** CUS-31 */
  it('searches its systems by words in any order', () => {
    const systems = [
      systemCard('KBG-BRE-02', { role: 'expansion', address: '10.21.4.12', version: '11.0' }),
      systemCard('KBG-HAN-01', { address: 'hannover.bergmann.example' }),
    ];
    expect(foundSystems(systems, '').map(({ name }) => name)).toEqual(['KBG-HAN-01', 'KBG-BRE-02']);
    expect(foundSystems(systems, '11.0 kbg').map(({ name }) => name)).toEqual(['KBG-BRE-02']);
    expect(foundSystems(systems, 'HANNOVER').map(({ name }) => name)).toEqual(['KBG-HAN-01']);
    expect(foundSystems(systems, 'nothing')).toEqual([]);
  });

  /** CUS-31: the search ends with *Clear search*. */
  it('clears the search', async () => {
    host.on('customers.panel', () =>
      customerPanel({ systems: ['A-1', 'B-2', 'C-3', 'D-4'].map((name) => systemCard(name)) }),
    );
    render(CustomerPanel, panelProps);
    await person.type(await screen.findByPlaceholderText(/^Search 4 systems/), 'zz');
    await screen.findByText('Nothing matches');
    await person.click(screen.getAllByRole('button', { name: 'Clear search' })[0] as HTMLElement);
    await screen.findByText('A-1');
  });

  /** CUS-03, CRT-11: old and new side by side; a yes names exactly the certificate that was shown. */
  it('accepts a changed certificate after comparing', async () => {
    host.on('customers.panel', () =>
      customerPanel({ row: customerRow({ status: 'certificate_changed', connection: 'disconnected' }) }),
    );
    host.on('connections.of', () => [refused]);
    host.on('connections.accept_certificate', () => answer({}));
    render(CustomerPanel, panelProps);
    await person.click(await screen.findByRole('button', { name: 'Compare certificates…' }));
    const dialog = within(await screen.findByRole('dialog', { hidden: true }));
    expect(dialog.getByText('AA:AA')).toBeTruthy();
    expect(dialog.getByText('BB:BB')).toBeTruthy();
    await person.click(dialog.getByText('Accept certificate'));
    await waitFor(() =>
      expect(host.callsOf('connections.accept_certificate')).toEqual([{ id: 'n1', sha256: 'BB:BB' }]),
    );
  });

  /** CUS-16: several connections have their systems each under its name; a connection without a name has its address. */
  it('groups systems by connection where there are several', async () => {
    const connections = [connectionView({ name: '' }), connectionView({ id: 'n2', kind: 'device', name: 'Gate' })];
    const camera = systemCard('AXIS-1', { connection: 'n2', kind: 'camera', role: 'alone' });
    host.on('customers.panel', () => customerPanel({ systems: [camera, systemCard('PBX-1')] }));
    host.on('connections.of', () => connections);
    render(CustomerPanel, panelProps);
    await screen.findByText('AXIS-1');
    await waitFor(() =>
      expect(screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)).toEqual([
        '10.20.4.10:8443',
        'Gate',
      ]),
    );
    expect(screen.getByRole('img', { name: 'Camera' })).toBeTruthy();
    const names = (systems: SystemGroup[]): string[][] => systems.map((group) => group.systems.map(({ name }) => name));
    const strange = systemCard('X', { connection: 'gone' });
    expect(names(byConnection([camera, strange, systemCard('PBX-1')], connections))).toEqual([
      ['PBX-1'],
      ['AXIS-1'],
      ['X'],
    ]);
    expect(names(byConnection([camera, strange], connections.slice(0, 1)))).toEqual([['AXIS-1', 'X']]);
  });

  /** CUS-03: a customer that is down says since when, and when it is tried again; one that is well says neither. */
  it('says since when a customer is down, and when it is tried next', async () => {
    const down = {
      status: 'unreachable',
      status_since: Date.now() - 26 * 3_600_000,
      last_contact: Date.now() - 27 * 3_600_000,
    } as const;
    const next_contact = Date.now() + 150_000;
    host.on('customers.panel', () =>
      customerPanel({ row: customerRow({ ...down, connection: 'disconnected' }), next_contact }),
    );
    host.on('connections.of', () => [
      connectionView({ ...down, state: 'disconnected', next_contact }),
      connectionView({
        id: 'n2',
        name: 'Gate',
        status: 'failed',
        state: 'problems',
        status_since: Date.now(),
        next_contact,
      }),
      connectionView({ id: 'n3', name: 'Yard', status_since: Date.now() }),
    ]);
    render(CustomerPanel, panelProps);
    const panel = await screen.findByRole('complementary');
    await screen.findByText('Gate');
    const since = /since \d{1,2} \w+ \d{4}, \d\d:\d\d/;
    const statusOf = (name: string): string =>
      screen.getByText(name).closest('.connection')?.querySelector('.status')?.textContent ?? '';
    expect(panel.querySelector('header')?.textContent.replaceAll('\u00a0', ' ')).toMatch(since);
    expect(panel.querySelector('header')?.textContent.replaceAll('\u00a0', ' ')).toMatch(/next attempt in 2 min/);
    expect(statusOf('Head office')).toMatch(since);
    expect(statusOf('Head office')).toMatch(/next attempt in 2 min/);
    expect(statusOf('Gate')).toMatch(/since \d\d:\d\d/);
    expect(statusOf('Gate')).toMatch(/next attempt in 2 min/);
    expect(statusOf('Yard')).not.toMatch(/since|next attempt/);
  });

  /** RGT-06: who may not change a customer sees what is wrong and is not offered the act. */
  it('offers nothing a viewer may not do', async () => {
    host.on('customers.panel', () =>
      customerPanel({
        row: customerRow({ status: 'certificate_changed', connection: 'disconnected' }),
        may_manage: false,
        may_launch: false,
      }),
    );
    host.on('connections.of', () => [refused]);
    render(CustomerPanel, panelProps);
    await screen.findByText('Certificate changed');
    for (const name of [/certificate…/, 'Launch', /^Edit/, /^Remove/, 'Add connection'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('acts on several customers', () => {
  /** CUS-13 */
  it('says in numbers what goes, what is kept, and asks for a tick', async () => {
    host.on('customers.plan_deletion', () => ({
      customers: 3,
      systems: 17,
      alarms: 42,
      jobs: 0,
      kept: [{ id: 'c2', name: 'Hafen', problem: 'changed-meanwhile' }],
    }));
    host.on('customers.delete', ({ ids }) => ids.map((id) => ({ id, name: id, problem: null })));
    const ondone = vi.fn();
    render(DeleteDialog, { ids: ['c1', 'c2', 'c3'], ondone, onclose: vi.fn() });
    await screen.findByText('One customer is kept');
    expect(screen.getByText('17')).toBeTruthy();
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Delete 2 customers', hidden: true });
    expect(button.disabled).toBe(true);
    await person.click(screen.getByLabelText('I understand that this cannot be undone'));
    await person.click(button);
    await waitFor(() => expect(ondone).toHaveBeenCalledWith(['c1', 'c2', 'c3'], []));
  });

  /** CUS-50, CUS-52 */
  it('shows addresses and who is skipped before anything opens', async () => {
    const address = { id: 'c1', name: 'Bergmann', url: 'https://10.20.4.10:7070/' };
    const skipped = { id: 'c2', name: 'Hafen', problem: 'launch.not-this-mode' } as const;
    host.on('customers.plan_launch', () => ({ addresses: [address], skipped: [skipped] }));
    host.on('customers.launch', () => ({ addresses: [address], skipped: [skipped] }));
    render(LaunchDialog, { request: { ids: ['c1', 'c2'], application: 'web_control' }, onclose: vi.fn() });
    await screen.findByText('One customer is skipped');
    expect(screen.getByText('Not available for customers of this mode')).toBeTruthy();
    expect(host.opened).toEqual([]);
    await person.click(screen.getByText('Open one address'));
    await waitFor(() => expect(host.opened).toEqual([address.url]));
    expect(host.callsOf('customers.launch')).toEqual([{ ids: ['c1', 'c2'], application: 'web_control' }]);
  });

  /** CUS-50: one address that cannot be opened is named, and the others open all the same. */
  it('opens the others when one address fails', async () => {
    const addresses = ['a', 'b', 'c'].map((id) => ({ id, name: `Customer ${id}`, url: `https://${id}.example/` }));
    host.on('customers.plan_launch', () => ({ addresses, skipped: [] }));
    host.on('customers.launch', () => ({ addresses, skipped: [] }));
    const open = host.openUrl.bind(host);
    host.openUrl = (url) =>
      url.includes('b.example') ? Promise.reject(new WireError({ code: 'right.missing' })) : open(url);
    const onclose = vi.fn();
    render(LaunchDialog, { request: { ids: ['a', 'b', 'c'], application: 'web_manager' }, onclose });
    await person.click(await screen.findByText('Open 3 addresses'));
    await screen.findByText('One address was not opened');
    expect(screen.getByText('Customer b')).toBeTruthy();
    expect(host.opened).toEqual(['https://a.example/', 'https://c.example/']);
    expect(onclose).not.toHaveBeenCalled();
  });

  /** CUS-50: too many are refused before anything opens, and it is said. */
  it('says before it happens that too many were chosen', async () => {
    host.on('customers.plan_launch', () => {
      throw new WireError({ code: 'launch.too-many', params: { limit: 20 } });
    });
    render(LaunchDialog, { request: { ids: ['c1'], application: 'web_manager' }, onclose: vi.fn() });
    await screen.findByText('At most 20 customers at once');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Open/, hidden: true }).disabled).toBe(true);
  });

  /** CUS-12: notes are replaced only when that is ticked. */
  it('changes tags and leaves the notes alone', async () => {
    host.on('customers.edit', ({ ids }) =>
      ids.map((id) => ({ id, name: id, problem: id === 'c2' ? 'field.too-many-tags' : null })),
    );
    const ondone = vi.fn();
    render(EditSeveral, { ids: ['c1', 'c2'], ondone, onclose: vi.fn() });
    await person.type(await screen.findByLabelText('Add tags'), 'gold{Enter}');
    await person.click(screen.getByText('Change 2 customers'));
    await waitFor(() =>
      expect(ondone).toHaveBeenCalledWith([{ id: 'c2', name: 'c2', problem: 'field.too-many-tags' }]),
    );
    expect(host.callsOf('customers.edit')[0]).toEqual({
      ids: ['c1', 'c2'],
      add_tags: ['gold'],
      remove_tags: [],
      add_operators: [],
      remove_operators: [],
      notes: null,
      password: null,
      proxy: null,
    });
  });

  /** CUS-12: what is left alone stays with each; a password and a proxy go to all of them. */
  it('changes the service password and the proxy of several', async () => {
    host.on('customers.edit', ({ ids }) => ids.map((id) => ({ id, name: id, problem: null })));
    const ondone = vi.fn();
    render(EditSeveral, { ids: ['c1', 'c2'], ondone, onclose: vi.fn() });
    await person.type(await screen.findByLabelText('New service password'), 'harbour-7');
    await person.selectOptions(screen.getByLabelText('Connection method'), 'socks5');
    await person.type(screen.getByLabelText('Proxy address'), '10.0.0.9');
    await person.type(screen.getByLabelText('Port'), '1080');
    await person.click(screen.getByText('Change 2 customers'));
    await waitFor(() => expect(ondone).toHaveBeenCalledWith([]));
    expect(host.callsOf('customers.edit')[0]).toMatchObject({
      notes: null,
      password: 'harbour-7',
      proxy: { kind: 'socks5', host: '10.0.0.9', port: 1080 },
    });
  });

  /** UI-04, UI-08: whom a deletion concerns is named, and what of it is not in view can be looked at first. */
  it('names whom a deletion concerns, and how many of them are not in view', async () => {
    host.on('customers.plan_deletion', () => ({ customers: 9, systems: 4, alarms: 2, jobs: 0, kept: [] }));
    host.on('customers.window', ({ ids }) => ids.map((id) => ({ id, name: `Customer ${id}` }) as never));
    const onshow = vi.fn();
    const ids = Array.from({ length: 9 }, (_, place) => `c${place}`);
    render(DeleteDialog, { ids, hidden: 7, onshow, ondone: vi.fn(), onclose: vi.fn() });
    await screen.findByText('Customer c0');
    expect(screen.getByText('Customer c5')).toBeTruthy();
    expect(screen.queryByText('Customer c6')).toBeNull();
    expect(screen.getByText('and 3 more')).toBeTruthy();
    expect(screen.getByText('7 of them are not in the list as it is narrowed now.')).toBeTruthy();
    await person.click(screen.getByText('Look at all of them first'));
    expect(onshow).toHaveBeenCalled();
  });
});

/** CUS-30, CUS-31: what needs a look stands in the panel; what is well is a line that opens. */
describe('what the panel of a customer shows first', () => {
  const licence = (licence_type: string, more: object = {}): LicenceLine => ({
    licence_type,
    quantity: 1,
    free: 0,
    expires: null,
    valid: true,
    ...more,
  });

  it('is the licences that have ended, end soon or are not valid; all of them when asked', async () => {
    host.on('customers.panel', () =>
      customerPanel({
        licences: [
          licence('Server Edition'),
          licence('Power User', { expires: '2020-01-31' }),
          licence('Office Worker', { expires: '2999-01-31', valid: false }),
          licence('SIP Trunk Channels', { expires: '2999-01-31' }),
        ],
      }),
    );
    render(CustomerPanel, panelProps);
    await screen.findByText(/Power User/);
    expect(screen.getByText(/Office Worker/)).toBeTruthy();
    expect(screen.queryByText(/Server Edition/)).toBeNull();
    expect(screen.queryByText(/SIP Trunk/)).toBeNull();
    await person.click(screen.getByRole('button', { name: 'All 4 licences' }));
    expect(screen.getByText(/Server Edition/)).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Only what needs a look' }));
    expect(screen.queryByText(/Server Edition/)).toBeNull();
  });

  it('is the systems in trouble before the others, with their alarms in words and a way to them', async () => {
    host.on('customers.panel', () =>
      customerPanel({
        systems: [
          ...['A', 'B', 'C', 'D'].map((name) => systemCard(name, { alarms: 0, worst_alarm: null })),
          systemCard('Z', { state: 'unreachable', alarms: 3, worst_alarm: 'critical' }),
        ],
      }),
    );
    render(CustomerPanel, panelProps);
    const shown = async (): Promise<(string | null)[]> =>
      (await screen.findAllByRole('region'))
        .map((card) => card.getAttribute('aria-label'))
        .filter((name) => name?.length === 1);
    expect(await shown()).toEqual(['Z', 'A', 'B']);
    const alarms = screen.getByRole('link', { name: /Z.*3/ });
    expect(alarms.textContent).toContain('3 alarms');
    expect(alarms.getAttribute('href')).toContain('/alarms');
    await person.click(screen.getByRole('button', { name: 'All 5 systems' }));
    expect(await shown()).toHaveLength(5);
  });

  /** UI-01: a link to a system leads to it, also after the page was loaded anew. */
  it('is the system that the address names: in view, marked, and with the focus', async () => {
    const brought = vi.spyOn(Element.prototype, 'scrollIntoView').mockImplementation(() => undefined);
    const systems = ['A', 'B', 'C', 'D', 'E'].map((name) => systemCard(name));
    host.on('customers.panel', () => customerPanel({ systems }));
    location.hash = '#/customers?open=c1&system=E';
    render(CustomerPanel, panelProps);
    const card = await screen.findByRole('region', { name: 'E' });
    await waitFor(() => expect(card.getAttribute('aria-current')).toBe('true'));
    await waitFor(() => expect(document.activeElement).toBe(card));
    expect(brought.mock.contexts).toContain(card);
    expect(screen.getByRole('region', { name: 'A' }).getAttribute('aria-current')).toBeNull();

    // Another one of the same customer, while the panel is open.
    location.hash = '#/customers?open=c1&system=D';
    const other = screen.getByRole('region', { name: 'D' });
    await waitFor(() => expect(document.activeElement).toBe(other));
    expect(card.getAttribute('aria-current')).toBeNull();
    location.hash = '#/customers?open=c1';
    await waitFor(() => expect(other.getAttribute('aria-current')).toBeNull());
    brought.mockRestore();
  });
});
