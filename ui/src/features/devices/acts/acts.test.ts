import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { packIds } from '$shared/lists';
import { router } from '$shared/router.svelte';
import type { SystemRow } from '$wire/types';
import DeviceActDialog from './DeviceActDialog.svelte';

const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
/** The last one is no camera. */
const IDS = [1, 2, 3].map(idOf);
const person = userEvent.setup();
const onclose = vi.fn();
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  onclose.mockReset();
  router.go('/systems', {}, { replace: true, sure: true });
  const begun = () => ({ id: 'a1', skipped: [] });
  const ordered = () => ({ id: 'j1', name: 'Restart', skipped: [] });
  host = new FakePlatform({
    'systems.index': () => packIds([idOf(2), idOf(9), idOf(1)]),
    'systems.window': ({ ids }) =>
      ids.map(
        (id) =>
          ({
            id,
            name: `Camera ${Number.parseInt(id.slice(-12), 16)}`,
            customer: 'Werft',
            organization: 'o0',
            host: `10.0.0.${Number.parseInt(id.slice(-12), 16)}`,
            serial: id === idOf(1) ? 'ACCC8E000001' : '',
            model: 'P3265',
          }) as SystemRow,
      ),
    'devices.create_account': begun,
    'devices.delete_account': begun,
    'devices.restart': ordered,
    'devices.rotate_password': begun,
    'devices.factory_default': ordered,
    'devices.remove': begun,
    'devices.transfer': begun,
  });
  usePlatform(host);
});
const show = (props: Record<string, unknown>): void => {
  render(DeviceActDialog as never, { ids: IDS, onclose, ...props } as never);
};
const confirm = (name: string): Promise<HTMLButtonElement> => screen.findByRole<HTMLButtonElement>('button', { name });

/** DEV-24 */
it('leaves out what is no camera, says so, and goes to the results', async () => {
  show({ kind: 'restart' });
  const dialog = await screen.findByRole('dialog', { name: 'Restart 2 devices' });
  await within(dialog).findByText('Camera 1');
  expect(within(dialog).getByText('1 selected system is not a camera and is left out')).toBeTruthy();
  await person.click(await confirm('Restart 2 devices'));
  await waitFor(() => expect(router.path).toBe('/jobs/j1'));
  expect(host.callsOf('devices.restart')).toEqual([{ ids: [idOf(1), idOf(2)] }]);
  expect(onclose).toHaveBeenCalledOnce();
});

/** Two of one model are told apart. */
it('names a device with its address and its serial number', async () => {
  show({ kind: 'restart' });
  await screen.findByText('10.0.0.1 · ACCC8E000001');
  expect(screen.getByText('10.0.0.2')).toBeTruthy();
});

/** GEN-11: the number that is typed is of those that are reset. */
it('resets nothing before the number of devices is typed', async () => {
  show({ kind: 'factory_default' });
  const button = await confirm('Reset 2 devices');
  expect(button.disabled).toBe(true);
  const field = await screen.findByLabelText('Type 2 to confirm');
  await person.type(field, '3');
  expect(button.disabled).toBe(true);
  await person.clear(field);
  await person.type(field, '2');
  await person.click(screen.getByLabelText(/^Reset network settings, too/));
  await person.click(button);
  await waitFor(() =>
    expect(host.callsOf('devices.factory_default')).toEqual([
      { ids: [idOf(1), idOf(2)], network_too: true, confirmation: '2' },
    ]),
  );
});

/** DEV-40 */
it('asks for one of three acts on accounts, with every problem under its field', async () => {
  host.on('devices.create_account', () => {
    throw new WireError({
      code: 'form.invalid',
      fields: [{ field: 'user_name', code: 'device.user-name', params: {} }],
    });
  });
  show({ kind: 'create_account' });
  await person.click(await screen.findByLabelText('Delete an account'));
  expect(screen.queryByLabelText('Password')).toBeNull();
  await person.click(screen.getByLabelText('Create an account'));
  await person.type(screen.getByLabelText('User name'), 'nvr 04');
  await person.type(screen.getByLabelText('Password'), 'Hafen-7');
  await person.click(await confirm('Create on 2 devices'));
  expect(await screen.findByText('1 to 14 letters and digits')).toBeTruthy();
  expect(host.callsOf('devices.create_account')).toEqual([
    { ids: [idOf(1), idOf(2)], user_name: 'nvr 04', password: 'Hafen-7', role: 'operator', ptz: false },
  ]);
  expect(onclose).not.toHaveBeenCalled();
});

it('does not ask which act on accounts where it is known', async () => {
  show({ kind: 'delete_account', preset: { user_name: 'guest' } });
  await person.click(await confirm('Delete on 2 devices'));
  await waitFor(() =>
    expect(host.callsOf('devices.delete_account')).toEqual([{ ids: [idOf(1), idOf(2)], user_name: 'guest' }]),
  );
  expect(screen.queryByRole('radio')).toBeNull();
});

/** DEV-41 */
it('has a password made for each device, or takes the one that is typed', async () => {
  show({ kind: 'rotate_password' });
  expect(screen.queryByLabelText('New password', { selector: 'input' })).toBeNull();
  await person.click(await screen.findByLabelText('The same for all, typed here'));
  const button = await confirm('Renew on 2 devices');
  expect(button.disabled).toBe(true);
  await person.click(screen.getByLabelText(/^A different one for each device/));
  await person.click(button);
  await waitFor(() =>
    expect(host.callsOf('devices.rotate_password')).toEqual([{ ids: [idOf(1), idOf(2)], password: null }]),
  );
});

/** UI-08: what changed meanwhile is skipped with its reason. */
it('tells which devices were left out before it shows the results', async () => {
  host.on('devices.restart', () => ({ id: 'j2', name: 'Restart', skipped: [{ id: idOf(2), problem: 'not-found' }] }));
  show({ kind: 'restart', hidden: 1 });
  await person.click(await confirm('Restart 2 devices'));
  const outcomes = await screen.findByRole('dialog', { name: '1 device was left out' });
  expect(within(outcomes).getByText('Camera 2')).toBeTruthy();
  expect(router.path).toBe('/systems');
  const [, close] = within(outcomes).getAllByRole('button', { name: 'Close' });
  await person.click(close as HTMLElement);
  await waitFor(() => expect(router.path).toBe('/jobs/j2'));
});

it('does nothing where none of them is a camera', async () => {
  host.on('systems.index', () => packIds([idOf(9)]));
  show({ kind: 'restart' });
  expect(await screen.findByText('Not available for this kind of system')).toBeTruthy();
  expect((await confirm('Restart 0 devices')).disabled).toBe(true);
});

/** DEV-30: removing waits until it is ticked. */
it('removes devices once it is ticked', async () => {
  show({ kind: 'remove' });
  const button = await confirm('Remove 2 devices');
  await screen.findByText('Camera 1');
  expect(button.disabled).toBe(true);
  await person.click(screen.getByLabelText('I want to remove 2 devices from their organization'));
  await person.click(button);
  await waitFor(() => expect(host.callsOf('devices.remove')).toEqual([{ ids: [idOf(1), idOf(2)] }]));
});

/** DEV-30: devices of several organizations may be moved to each of them. */
it('offers every organization where the devices are of several', async () => {
  host.on('systems.index', (query) => packIds(query.organization === null ? [idOf(2), idOf(1)] : [idOf(1)]));
  host.on('organizations.find', () => ({
    organizations: [{ id: 'o0', name: 'Werft', customer: true }],
    total: 1,
  }));
  show({ kind: 'transfer' });
  await screen.findByLabelText('Werft');
});

/** DEV-30: the folder is one of the organization that is chosen. */
it('moves devices to a folder of another organization', async () => {
  const node = (id: string, name: string, first: boolean) => ({
    id,
    parent: null,
    name,
    default: first,
    zone: null,
    zone_in_force: 'Europe/Berlin',
    systems: 0,
    states: [],
    alarms: [],
  });
  host.on(
    'organizations.find',
    () =>
      ({
        organizations: [
          { id: 'o0', name: 'Werft', customer: true },
          { id: 'o1', name: 'Airport', customer: true },
        ],
        total: 2,
      }) as never,
  );
  host.on('folders.tree', () => [node('f2', 'Hall 3', false), node('f1', 'Airport', true)]);
  show({ kind: 'transfer' });
  const button = await confirm('Move 2 devices');
  await screen.findByText('Camera 1');
  expect(button.disabled).toBe(true);
  // All of them are of it already.
  await screen.findByLabelText('Airport');
  expect(screen.queryByLabelText('Werft')).toBeNull();
  await person.click(screen.getByLabelText('Airport'));
  await waitFor(() => expect(button.disabled).toBe(false));
  const folders = screen.getByRole('combobox', { name: /^Folder/ });
  expect((folders as HTMLInputElement).value).toBe('Airport');
  await person.click(folders);
  await person.click(await screen.findByRole('option', { name: 'Hall 3' }));
  await person.click(button);
  await waitFor(() =>
    expect(host.callsOf('devices.transfer')).toEqual([{ ids: [idOf(1), idOf(2)], organization: 'o1', folder: 'f2' }]),
  );
});
