import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { connectionView } from '$features/connections/testing';
import { sessionView } from '$features/session/testing';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { selected } from '$shared/selected.svelte';
import { session } from '$shared/session.svelte';
import type { ConnectionView, FolderNode, ListDescription, MemberRole, VideoServerView } from '$wire/types';
import SystemsPage from './SystemsPage.svelte';
import { idOf, KINDS, systemRow } from './testing';

const person = userEvent.setup();
const SERVER = idOf(2);
const APPLICATION = idOf(3);
const list: ListDescription = {
  list: 'systems',
  columns: (
    [
      ['name', 'text'],
      ['version', 'version'],
    ] as const
  ).map(([name, kind]) => ({
    name,
    kind,
    choices: [],
    sortable: true,
    filterable: true,
    searchable: false,
    default_visible: true,
  })),
  layout: null,
};
const node = (id: string, name: string): FolderNode => ({
  id,
  parent: null,
  name,
  default: id === 'f1',
  zone: null,
  zone_in_force: 'UTC',
  systems: 0,
  states: [],
  alarms: [],
});
const serverView = (more: Partial<VideoServerView> = {}): VideoServerView => ({
  connection: idOf(8),
  monitored: true,
  interface: '1.4',
  time_zone: 'Europe/Berlin',
  vendor: 'Axis',
  devices: [
    { system: idOf(1), name: 'Gate', model: 'P3265-V', serial: 'B8A44F000001', address: '10.44.4.31' },
    { system: null, name: 'Yard', model: 'M4327-P', serial: 'B8A44F000002', address: '10.44.4.32' },
  ],
  device_count: 612,
  ...more,
});
let host: FakePlatform;
let connection: ConnectionView;

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  router.go('/systems', {}, { replace: true, sure: true });
  connection = connectionView({ id: idOf(8), kind: 'video_server', host: 'nvr.example', port: 29204 });
  host = new FakePlatform({
    'lists.describe': () => list,
    'lists.views': () => [],
    'lists.values': () => ({ values: KINDS.map((value) => ({ value, rows: 1 })), rows: 4 }),
    'systems.index': ({ criteria }) => {
      const wanted = criteria.flatMap(({ test }) => (test.kind === 'any_of' ? test.values : []));
      return packIds(
        KINDS.flatMap((kind, index) => (wanted.length === 0 || wanted.includes(kind) ? [idOf(index)] : [])),
      );
    },
    'systems.window': ({ ids }) =>
      ids.map((id) => {
        const index = Number.parseInt(id.slice(-12), 16);
        return systemRow(index, index === 2 ? { version: '6.8.21345', model: 'S1148' } : {});
      }),
    'systems.video_server': () => serverView(),
    'devices.software': ({ ids }) =>
      ids.includes(SERVER)
        ? [
            {
              system: SERVER,
              track: null,
              path: [{ version: '6.11.30012', package: 'p9', size: 812_000_000, verified: true }],
              missing: [],
              known: true,
            },
          ]
        : [],
    'devices.models': () => [],
    'connections.of': () => [connection],
    'connections.monitor': ({ ids, on }) => {
      connection = { ...connection, monitored: on, status: on ? 'never_tried' : 'not_monitored', state: 'never' };
      return ids.map((id) => ({ id, name: 'nvr.example:29204', problem: null, switched: true }));
    },
    'organizations.read': () => ({ name: 'Werft Nord', may_manage: true, role: 'owner' }) as never,
    'organizations.find': () => ({ total: 1, organizations: [{ id: idOf(9), name: 'Werft Nord', customer: true }] }),
    'folders.tree': () => [node('f1', 'Main site'), node('f2', 'Hall 3')],
    'alarms.index': () => new Uint8Array(),
    'device_results.index': () => new Uint8Array(),
    'job_tasks.index': () => new Uint8Array(),
    'systems.application': ({ id }) => ({ id, fields: { name: 'Cams', model: 'Body Worn', host: '', folder: 'f1' } }),
    'systems.save_application': ({ id, fields }) => ({ id: id ?? APPLICATION, fields }),
  });
  usePlatform(host);
});
const show = async (query: Record<string, string> = {}): Promise<void> => {
  router.go('/systems', query, { replace: true, sure: true });
  render(SystemsPage);
  await screen.findAllByText('S-2');
};
const asMember = (role: MemberRole): void => {
  const view = sessionView();
  session.view = {
    ...view,
    profile: { ...view.profile, role: 'operator' },
    may: { administer: false, create_organizations: false, manage_systems: false, launch: role !== 'viewer' },
  };
  host.on('organizations.read', () => ({ name: 'Werft Nord', may_manage: false, role }) as never);
};
const panelOf = (name: string): Promise<HTMLElement> => screen.findByRole('complementary', { name });

/** DEV-50 */
describe('video servers', () => {
  it('stand under Servers with their version and what is recommended', async () => {
    await show();
    await person.click(screen.getByRole('button', { name: 'Folders, models and servers' }));
    const servers = await screen.findByRole('region', { name: /^Servers/ });
    expect(within(servers).getByText('6.8.21345')).toBeTruthy();
    const newer = await within(servers).findByRole('link', { name: 'Recommended: 6.11.30012' });
    expect(newer.getAttribute('href')).toBe('#/repository?open=p9');
  });

  it('open beside the list with what they say of themselves and their devices', async () => {
    await show({ open: SERVER });
    const panel = await panelOf('S-2');
    for (const said of ['Axis', '1.4', 'Europe/Berlin', 'S1148'])
      expect((await within(panel).findAllByText(said)).length).toBeGreaterThan(0);
    expect(within(panel).getByText('The server’s interface does not report services and disks.')).toBeTruthy();
    const gate = await within(panel).findByRole('link', { name: 'Gate' });
    expect(gate.getAttribute('href')).toContain(`open=${idOf(1)}`);
    expect(within(panel).queryByRole('link', { name: 'Yard' })).toBeNull();
    expect(within(panel).getAllByText('not in Flotilla')).toHaveLength(1);
    expect(within(panel).getByText('The first 2 of 612 are shown.')).toBeTruthy();
    expect((await within(panel).findByRole('link', { name: '6.11.30012' })).getAttribute('href')).toBe(
      '#/repository?open=p9',
    );
    // Nothing was done on it as on a device: what was changed is in the audit log.
    expect(host.callsOf('device_results.index')).toEqual([]);
    await person.click(within(panel).getByRole('button', { name: 'Open the server’s page' }));
    expect(host.opened).toEqual(['https://nvr.example:29204/']);
  });
});

/** DEV-51, RGT-03 */
describe('the monitoring of video servers', () => {
  it('is switched off and on in the panel by an operator, who may not edit it', async () => {
    asMember('operator');
    await show({ open: SERVER });
    const panel = await panelOf('S-2');
    await person.click(await within(panel).findByRole('button', { name: 'Switch monitoring off' }));
    await within(panel).findByText('Not monitored');
    await within(panel).findByRole('button', { name: 'Switch monitoring on' });
    expect(host.callsOf('connections.monitor')).toEqual([{ ids: [idOf(8)], on: false }]);
  });

  it('is only looked at by a viewer', async () => {
    asMember('viewer');
    await show({ open: SERVER });
    await within(await panelOf('S-2')).findByText('Monitoring');
    expect(screen.queryByRole('button', { name: 'Switch monitoring off' })).toBeNull();
  });

  it('is switched for those of the chosen systems that are video servers, and names those that were not switched', async () => {
    host.on('connections.monitor', ({ ids }) =>
      ids.map((id) => ({ id, name: 'nvr', problem: 'right.missing', switched: false })),
    );
    await show();
    selected.current?.acts['systems.monitoring-off']?.run([idOf(0), idOf(1), SERVER]);
    const dialog = await screen.findByRole('dialog', { name: 'Monitoring of 1 connection was not switched' });
    expect(within(dialog).getByText('nvr')).toBeTruthy();
    expect(host.callsOf('connections.monitor')).toEqual([{ ids: [idOf(8)], on: false }]);
  });
});

/** DEV-52 */
describe('connected applications', () => {
  it('are added with a folder, beginning with the name', async () => {
    await show({ add: 'application', organization: idOf(9) });
    const dialog = await screen.findByRole('dialog', { name: 'Add a connected application' });
    const name = within(dialog).getByLabelText('Name');
    await waitFor(() => expect(document.activeElement).toBe(name));
    const save = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' });
    expect(save.disabled).toBe(true);
    await person.type(name, 'Cams');
    await person.type(within(dialog).getByLabelText(/^What it is/), 'Body Worn');
    await waitFor(() => expect(save.disabled).toBe(false));
    await person.click(save);
    await waitFor(() => expect(router.query('open')).toBe(APPLICATION));
    expect(router.query('add')).toBeNull();
    expect(host.callsOf('systems.save_application')).toEqual([
      { id: null, fields: { name: 'Cams', model: 'Body Worn', host: '', folder: 'f1' }, before: null },
    ]);
  });

  it('say that nothing is requested of them, and are edited from the panel', async () => {
    await show({ open: APPLICATION });
    const panel = await panelOf('S-3');
    expect(within(panel).getByText(/^Nothing is requested from it, so its state is unknown/)).toBeTruthy();
    expect(within(panel).queryByRole('heading', { name: 'Alarms' })).toBeNull();
    await person.click(await within(panel).findByRole('button', { name: 'Edit…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit Cams' });
    // It stays in its organization.
    expect(within(dialog).queryByText('Another organization')).toBeNull();
    await person.type(within(dialog).getByLabelText('Name'), ' 2');
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    const before = { name: 'Cams', model: 'Body Worn', host: '', folder: 'f1' };
    await waitFor(() =>
      expect(host.callsOf('systems.save_application')).toEqual([
        { id: APPLICATION, fields: { ...before, name: 'Cams 2' }, before },
      ]),
    );
  });

  /** GEN-12 */
  it('show beside Save what somebody else saved meanwhile', async () => {
    host.on('systems.save_application', () => {
      throw new WireError({ code: 'changed-meanwhile' });
    });
    await show({ open: APPLICATION });
    await person.click(await within(await panelOf('S-3')).findByRole('button', { name: 'Edit…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit Cams' });
    await person.type(within(dialog).getByLabelText('Name'), ' 2');
    host.on('systems.application', ({ id }) => ({
      id,
      fields: { name: 'Jackets', model: 'Body Worn', host: '', folder: 'f1' },
    }));
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    const choice = await within(dialog).findByRole('radiogroup', { name: 'Name' });
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await person.click(within(choice).getByRole('radio', { name: 'Your value Cams 2' }));
    host.on('systems.save_application', ({ id, fields }) => ({ id: id ?? '', fields }));
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.callsOf('systems.save_application').at(-1)).toMatchObject({
        fields: { name: 'Cams 2' },
        before: { name: 'Jackets' },
      }),
    );
  });

  it('are removed after a yes, each for itself; other systems stay, which is said', async () => {
    host.on('systems.remove_applications', ({ ids }) =>
      ids.map((id) => ({ id, name: 'S-3', problem: 'right.missing' })),
    );
    await show();
    selected.current?.acts['systems.remove-applications']?.run([SERVER, APPLICATION]);
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('1 selected system is not a connected application and stays');
    await person.click(within(dialog).getByRole('button', { name: 'Remove 1 application' }));
    await screen.findByRole('dialog', { name: '1 connected application was not removed' });
    expect(host.callsOf('systems.remove_applications')).toEqual([{ ids: [APPLICATION] }]);
  });
});
