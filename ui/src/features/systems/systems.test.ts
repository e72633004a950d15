import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import { connectionView } from '$features/connections/testing';
import { sessionView } from '$features/session/testing';
import type { DeviceSoftware, ListDescription } from '$wire/types';
import SystemsPage from './SystemsPage.svelte';
import { idOf, KINDS, systemRow } from './testing';

const list: ListDescription = {
  list: 'systems',
  columns: (
    [
      ['name', 'text'],
      ['version', 'version'],
      ['role', 'choice'],
      ['services', 'number'],
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

const software = (more: Partial<DeviceSoftware> = {}): DeviceSoftware => ({
  system: idOf(1),
  track: 'active',
  path: [
    { version: '11.11.178', package: 'p1', size: 82_000_000, verified: true },
    { version: '12.7.61', package: 'p2', size: 94_000_000, verified: false },
  ],
  missing: [],
  known: true,
  ...more,
});
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView();
  router.go('/systems', {}, { replace: true, sure: true });
  host = new FakePlatform({
    'lists.describe': () => list,
    'lists.views': () => [],
    'systems.index': ({ criteria }) => {
      const kinds = criteria.flatMap(({ column, test }) =>
        column === 'kind' && test.kind === 'any_of' ? test.values : [],
      );
      const wanted = KINDS.map((kind, index) => ({ kind, id: idOf(index) })).filter(
        ({ kind }) => kinds.length === 0 || kinds.includes(kind),
      );
      return packIds(wanted.map(({ id }) => id));
    },
    'systems.window': ({ ids }) => ids.map((id) => systemRow(Number.parseInt(id.slice(-12), 16))),
    'devices.software': () => [software()],
    'devices.models': () => [
      { model: 'P3265-V', devices: 3_984, upgradable: 1_310 },
      { model: 'M4327-P', devices: 1_702, upgradable: 0 },
    ],
    'connections.of': () => [connectionView({ id: idOf(8), kind: 'device', host: '10.44.4.31', port: 443 })],
    'organizations.read': () => ({ may_manage: true }) as never,
    'alarms.index': () => new Uint8Array(),
    'device_results.index': () => new Uint8Array(),
    'job_tasks.index': () => new Uint8Array(),
    'devices.accounts': () => [
      { name: 'root', role: 'administrator', ptz: false, own: false },
      { name: 'flotilla', role: 'administrator', ptz: false, own: true },
    ],
  });
  usePlatform(host);
});

const cellsOf = (name: string): string[] =>
  within(screen.getByRole('grid').querySelector(`[role=row]:has(input[aria-label$="${name}"])`) as HTMLElement)
    .getAllByRole('gridcell')
    .map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim());

/** DEV-10: a camera has no place in a telephone solution and no services; nothing is said of what it cannot have. */
it('shows roles and services of telephone servers alone', async () => {
  render(SystemsPage);
  await screen.findAllByText('S-2');
  expect(cellsOf('S-0').slice(-2)).toEqual(['Standalone', '0']);
  expect(cellsOf('S-1').slice(-2)).toEqual(['–', '–']);
  expect(cellsOf('S-2').slice(-2)).toEqual(['–', '–']);
  expect(cellsOf('S-3').slice(-2)).toEqual(['–', '–']);
});

/** DEV-10, DEV-12: asked for the rows in view alone. */
it('shows track and recommended version of devices, and nothing of what cannot have one', async () => {
  render(SystemsPage);
  await screen.findByText('12.7.61');
  expect(cellsOf('S-1').slice(3, 5)).toEqual(['Active', '12.7.61 2']);
  expect(cellsOf('S-0').slice(3, 5)).toEqual(['–', '–']);
  expect(host.callsOf('devices.software')).toEqual([{ ids: [idOf(0), idOf(1), idOf(2), idOf(3)] }]);
});

it('says that a device is current, and that the repository has nothing for its model', async () => {
  host.on('devices.software', () => [software({ path: [] }), software({ system: idOf(2), path: [], known: false })]);
  render(SystemsPage);
  await screen.findByText('current');
  expect(cellsOf('S-1')[4]).toBe('current');
  expect(cellsOf('S-2')[4]).toBe('–');
});

/** DEV-10 */
it('narrows the list to a model, from beside it', async () => {
  const person = userEvent.setup();
  render(SystemsPage);
  // Where the window is narrow, what stands beside the list is one click away.
  await person.click(await screen.findByRole('button', { name: 'Folders, models and servers' }));
  const model = await screen.findByRole('link', { name: 'P3265-V' });
  const badge = screen.getByRole('link', { name: /^Upgrade: 1,310 devices can be upgraded/ });
  expect(badge.getAttribute('href')).toBe('#/devices/upgrade?model=P3265-V');
  router.go((model.getAttribute('href') ?? '').slice(1).split('?')[0] ?? '', {
    filter: new URLSearchParams((model.getAttribute('href') ?? '').split('?')[1]).get('filter'),
  });
  await waitFor(() =>
    expect(host.callsOf('systems.index').at(-1)?.criteria).toEqual([
      { column: 'model', test: { kind: 'any_of', values: ['P3265-V'] } },
    ]),
  );
  expect(screen.getByRole('link', { name: 'P3265-V' }).getAttribute('aria-current')).toBe('true');
  await person.click(screen.getByRole('button', { name: /^Models/ }));
  expect(screen.queryByRole('link', { name: 'P3265-V' })).toBeNull();
});

/** DEV-40, DEV-41: the device is asked when somebody wants it; what Flotilla signs in with is not changed here. */
it('opens a device beside the list, and reads its accounts from it when asked to', async () => {
  const person = userEvent.setup();
  router.go('/systems', { open: idOf(1) }, { replace: true, sure: true });
  render(SystemsPage);
  const panel = await screen.findByRole('complementary', { name: 'S-1' });
  const step = await within(panel).findByRole('link', { name: '11.11.178' });
  expect(step.getAttribute('href')).toBe('#/repository?open=p1');
  expect(host.callsOf('devices.accounts')).toEqual([]);
  await person.click(await within(panel).findByRole('button', { name: 'Read accounts' }));
  const own = await within(panel).findByRole('row', { name: /^flotilla/ });
  expect(within(own).queryByRole('button')).toBeNull();
  expect(within(panel).getByRole('button', { name: 'Actions for root' })).toBeTruthy();
  expect(host.callsOf('devices.accounts')).toEqual([{ id: idOf(1) }]);
});

/** DEV-02: a device without an account can be given its first one from here, or what was set on it is entered. */
it('leads from a factory-new device to its first account and to the form of its connection', async () => {
  const waiting = { kind: 'device', host: '10.44.4.31', port: 443, status: 'needs_setup', state: 'problems' } as const;
  host.on('connections.of', () => [connectionView({ id: idOf(8), ...waiting, organization: idOf(9) })]);
  host.on('systems.window', ({ ids }) => ids.map(() => systemRow(1, { serial: 'A1', host: '10.44.4.31' })));
  router.go('/systems', { open: idOf(1) }, { replace: true, sure: true });
  render(SystemsPage);
  const panel = await screen.findByRole('complementary', { name: 'S-1' });
  const link = await within(panel).findByRole('link', { name: 'Give it its first account…' });
  expect(link.getAttribute('href')).toBe(
    `#/devices/add?host=10.44.4.31&port=443&serial=A1&organization=${idOf(9)}&folder=${idOf(8)}&first=yes`,
  );
  const form = within(panel).getByRole('link', { name: 'Enter credentials set on the device…' });
  expect(form.getAttribute('href')).toBe(`#/customers?open=${idOf(9)}&connection=${idOf(8)}`);
});

it('opens the page of the device itself', async () => {
  const person = userEvent.setup();
  router.go('/systems', { open: idOf(1) }, { replace: true, sure: true });
  render(SystemsPage);
  await person.click(await screen.findByRole('button', { name: 'Open the device’s page' }));
  expect(host.opened).toEqual(['https://10.44.4.31/']);
});
