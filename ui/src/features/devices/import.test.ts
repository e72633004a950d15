import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { counts, importReceipt, importRow, importView } from '$features/imports/testing';
import { sessionView } from '$features/session/testing';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { session } from '$shared/session.svelte';
import type { FieldProblem, FolderNode, ImportRow, ImportView } from '$wire/types';
import AddPage from './AddPage.svelte';
import ImportPage from './ImportPage.svelte';

const person = userEvent.setup();
let host: FakePlatform;
let rows: ImportRow[];

const folder = (id: string, name: string, parent: string | null): FolderNode => ({
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
const deviceView = (more: Partial<ImportView> = {}): ImportView =>
  importView({ kind: 'devices', organization: 'o1', folder: 'f1', file_name: 'devices.csv', ...more });
const deviceRow = (row: number, folder: string, more: Partial<ImportRow> = {}): ImportRow =>
  importRow(row, { port: '443', name: `Berth ${row}`, user_name: 'root', folder }, more);

beforeEach(() => {
  queryClient.clear();
  location.hash = '';
  session.view = sessionView({ organization: 'o1' });
  rows = [
    deviceRow(1, 'Quay/Berth 6'),
    deviceRow(2, '1/2/3/4/5/6/7/8', {
      state: 'invalid',
      problems: [{ field: 'folder', code: 'folder.too-deep', params: { limit: 8 } }],
    }),
    deviceRow(3, '', { state: 'update', was: [{ field: 'host', value: '10.31.9.9' }] }),
  ];
  host = new FakePlatform({
    'organizations.read': () => ({ id: 'o1', name: 'Kitahama', may_manage: true }) as never,
    'folders.tree': () => [folder('f1', 'Kitahama', null), folder('f2', 'Berth 6', 'f1')],
    'credential_sets.of': () => [],
    'devices.import_waiting': () => [],
    'devices.import_view': () =>
      deviceView({ counts: counts({ all: 3, new: 1, update: 1, invalid: 1, savable: 1, connected: 1, untested: 1 }) }),
    'devices.import_rows': ({ state, in_new_folder: made }) =>
      rows
        .filter((row) => (state === null || row.state === state) && (made !== true || row.new_folder !== null))
        .map((row) => row.row),
    'devices.import_window': ({ rows: wanted }) => rows.filter((row) => wanted.includes(row.row)),
  });
  usePlatform(host);
});

/** DEV-04 */
describe('devices from a file', () => {
  it('are a way of adding devices beside the others', () => {
    render(AddPage);
    expect(screen.getByRole('link', { name: 'Import devices…' }).getAttribute('href')).toBe('#/devices/import');
  });

  it('are opened for the organization and the folder that were chosen', async () => {
    host.upload = { upload: 'u1', name: 'devices.csv', size: 10 };
    host.on('devices.import_open', () => deviceView());
    render(ImportPage, { params: {} });
    await screen.findByText('Kitahama', { selector: 'span' });
    await person.click(await screen.findByRole('combobox', { name: 'Folder' }));
    await person.click(screen.getByRole('option', { name: 'Kitahama › Berth 6' }));
    await person.click(screen.getByRole('button', { name: 'Choose file…' }));
    await waitFor(() => expect(location.hash).toBe('#/devices/import/i1'));
    expect(host.callsOf('devices.import_open')).toEqual([{ upload: 'u1', organization: 'o1', folder: 'f2' }]);
    expect(screen.queryByRole('radio', { name: 'Cloud' })).toBeNull();
  });

  it('are opened only once an organization is chosen', async () => {
    session.view = sessionView({ organization: null });
    host.on('organizations.find', () => ({ organizations: [{ id: 'o1', name: 'Kitahama' }], total: 1 }) as never);
    render(ImportPage, { params: {} });
    const choose = screen.getByRole<HTMLButtonElement>('button', { name: 'Choose file…' });
    expect(choose.disabled).toBe(true);
    await person.click(await screen.findByRole('radio', { name: 'Kitahama' }));
    await waitFor(() => expect(choose.disabled).toBe(false));
  });

  it('have columns of their own, with what is wrong with a folder under it and the address before', async () => {
    render(ImportPage, { params: { id: 'i1' } });
    const wrong = await screen.findByRole('gridcell', { name: /6\/7\/8/ });
    expect(within(wrong).getByText('Folders can have at most 8 levels')).toBeTruthy();
    expect(wrong.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('was 10.31.9.9')).toBeTruthy();
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent.trim());
    expect(heads.slice(2)).toEqual([
      'State',
      'IP address/FQDN',
      'Port',
      'Name',
      'Folder',
      'User',
      'Password',
      'Connection test',
    ]);
    expect(await screen.findByTitle('Kitahama › Kitahama')).toBeTruthy();
  });

  it('are corrected in their cells', async () => {
    host.on('devices.import_edit', () => deviceView({ counts: counts({ all: 3, new: 2, update: 1 }) }));
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('gridcell', { name: /6\/7\/8/ }));
    const field = await screen.findByLabelText('Folder, row 2');
    await person.clear(field);
    await person.keyboard('Berth 6{Enter}');
    await waitFor(() =>
      expect(host.callsOf('devices.import_edit')).toEqual([
        { import: 'i1', row: 2, password: null, cells: { folder: 'Berth 6' } },
      ]),
    );
  });

  it('are added as rows without a name, and with the usual port', async () => {
    host.on('devices.import_edit', () => deviceView({ counts: counts({ all: 4 }) }));
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Add row' }));
    const panel = screen.getByRole('complementary', { name: 'New row' });
    expect(within(panel).queryByLabelText('Tags')).toBeNull();
    expect(within(panel).getByLabelText<HTMLInputElement>('Port').placeholder).toBe('443');
    await person.type(within(panel).getByLabelText('IP address/FQDN'), '10.31.2.9');
    await person.type(within(panel).getByLabelText('Folder'), 'Quay');
    await person.type(within(panel).getByLabelText('User'), 'root');
    await person.type(within(panel).getByLabelText('Password'), 'secret');
    await person.click(within(panel).getByRole('button', { name: 'Add row' }));
    await waitFor(() =>
      expect(host.callsOf('devices.import_edit')[0]).toMatchObject({
        row: null,
        password: 'secret',
        cells: { host: '10.31.2.9', folder: 'Quay', user_name: 'root', name: '' },
      }),
    );
  });

  it('are saved only where the test succeeded, and lead to the systems', async () => {
    host.on('devices.import_save', () => importReceipt({ added: 1, finished: true }));
    const page = render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Save 1…' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.queryByRole('checkbox')).toBeNull();
    await person.click(dialog.getByRole('button', { name: 'Save one device' }));
    await waitFor(() =>
      expect(host.callsOf('devices.import_save')).toEqual([{ import: 'i1', without_contact: false, preview: 'a.0' }]),
    );
    await waitFor(() => expect(location.hash).toBe('#/devices/import'));
    await page.rerender({ params: {} });
    await screen.findByText('One device added');
    expect(screen.getByRole('link', { name: 'Show systems' }).getAttribute('href')).toBe('#/systems');
  });

  it('cannot be saved before any of them has answered', async () => {
    host.on('devices.import_view', () => deviceView({ counts: counts({ all: 2, new: 2, untested: 2 }) }));
    render(ImportPage, { params: { id: 'i1' } });
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Save…' })).disabled).toBe(true);
  });

  /** DEV-04, ORG-20: what is made is said of the row, in numbers beside *Save*, and once more where it is confirmed. */
  it('say which folders are created, before and after', async () => {
    rows = [
      deviceRow(1, 'annex/North', { new_folder: 'annex/North' }),
      deviceRow(2, 'Berth 6'),
      deviceRow(3, '', { state: 'update', was: [{ field: 'host', value: '10.31.9.9' }] }),
    ];
    const all = { all: 3, new: 2, update: 1, savable: 2, connected: 2, untested: 1 };
    host.on('devices.import_view', () => deviceView({ counts: counts({ ...all, folders: 3, folders_savable: 2 }) }));
    host.on('devices.import_save', () => importReceipt({ added: 2, folders: 2, left: 1 }));
    render(ImportPage, { params: { id: 'i1' } });
    const cell = await screen.findByRole('gridcell', { name: /annex\/North/ });
    expect(within(cell).getByText('New folder “annex/North”')).toBeTruthy();
    expect(cell.getAttribute('aria-invalid')).toBeNull();
    expect(within(screen.getByRole('contentinfo')).getByText('3 folders will be created')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Open row 1' }));
    const panel = within(screen.getByRole('complementary', { name: 'Row 1' }));
    expect(panel.getByText('New folder “annex/North”')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Save 2…' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('2 folders are created')).toBeTruthy();
    await person.click(dialog.getByRole('button', { name: 'Save 2 devices' }));
    await screen.findByText(/^2 folders created · /);
  });

  /** DEV-02: a factory-new device is no failure; it gets its first account after a yes of its own, and none without. */
  it('are given their first account once that is switched on', async () => {
    const met = (problem?: FieldProblem): ImportRow['test'] => ({
      kind: 'done',
      status: 'needs_setup',
      detail: '',
      certificate: null,
      systems: 0,
      ...(problem === undefined ? {} : { problem }),
    });
    rows = [
      deviceRow(1, '', { test: met() }),
      deviceRow(2, '', { test: met({ field: 'user_name', code: 'device.user-name' }) }),
      deviceRow(3, '', {
        test: met({ field: 'row', code: 'device.refused', params: { detail: 'another name' } }),
      }),
    ];
    host.on('devices.import_view', () =>
      deviceView({
        counts: counts({ all: 3, new: 3, untested: 3, failed: 1, factory_new: 2, folders_with_accounts: 1 }),
      }),
    );
    host.on('devices.import_save', () => importReceipt({ added: 1, first_accounts: 1, without_account: 1, left: 2 }));
    render(ImportPage, { params: { id: 'i1' } });
    const row = async (name: string) => within(await screen.findByRole('row', { name: new RegExp(name) }));
    expect((await row('Berth 1')).getByText('Factory-new')).toBeTruthy();
    expect((await row('Berth 2')).getByText('1 to 14 letters and digits')).toBeTruthy();
    expect((await row('Berth 3')).getByText('The device refused: another name')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Open row 3' }));
    const panel = within(screen.getByRole('complementary', { name: 'Row 3' }));
    expect(panel.getByText('Change what the device objects to, then retry.')).toBeTruthy();
    await person.click(screen.getByRole('button', { name: 'Save…' }));
    const dialog = within(screen.getByRole('dialog'));
    const save = () => dialog.getByRole<HTMLButtonElement>('button', { name: /^Save/ });
    expect(save().disabled).toBe(true);
    const choice = dialog.getByRole<HTMLInputElement>('checkbox', { name: /^Give 2 factory-new devices their first/ });
    expect(choice.checked).toBe(false);
    await person.click(choice);
    expect(dialog.getByText('One folder is created')).toBeTruthy();
    expect(save().textContent.trim()).toBe('Save 2 devices');
    await person.click(save());
    await screen.findByText(/One factory-new device was not given its first account; its row says why/);
    expect(host.callsOf('devices.import_save')).toEqual([
      { import: 'i1', without_contact: false, first_accounts: true, preview: 'a.0' },
    ]);
  });
});
