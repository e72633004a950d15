import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { router } from '$shared/router.svelte';
import type { ImportRow } from '$wire/types';
import { certificate } from '$features/customers/testing';
import ImportPage from '$features/customers/ImportPage.svelte';
import { counts, importReceipt, importRow, importView } from './testing';

const person = userEvent.setup();
let host: FakePlatform;
let rows: ImportRow[];

const notTrusted = (sha256: string): ImportRow['test'] => ({
  kind: 'done',
  status: 'certificate_not_trusted',
  detail: '',
  certificate: certificate(sha256),
  systems: 0,
});

beforeEach(() => {
  queryClient.clear();
  location.hash = '';
  rows = [
    importRow(1),
    importRow(
      2,
      { port: '84430', name: '' },
      {
        state: 'invalid',
        problems: [
          { field: 'port', code: 'field.out-of-range', params: { least: 1, most: 65535 } },
          { field: 'name', code: 'field.required' },
        ],
      },
    ),
    importRow(3, { port: '9443' }, { state: 'update', was: [{ field: 'port', value: '8443' }] }),
  ];
  host = new FakePlatform({
    'customers.import_waiting': () => [],
    'customers.import_view': () =>
      importView({ counts: counts({ all: 3, new: 1, update: 1, invalid: 1, untested: 2 }), passwords: 3 }),
    'customers.import_rows': ({ state }) =>
      rows.filter((row) => state === null || row.state === state).map((row) => row.row),
    'customers.import_window': ({ rows: wanted }) => rows.filter((row) => wanted.includes(row.row)),
  });
  usePlatform(host);
});

describe('choosing a file', () => {
  /** CUS-20, CUS-21 */
  it('opens the file as a waiting list with the chosen mode', async () => {
    host.upload = { upload: 'u1', name: 'kunden.csv', size: 10 };
    host.on('customers.import_open', () => importView());
    render(ImportPage, { params: {} });
    await person.click(screen.getByRole('radio', { name: 'Cloud' }));
    await person.click(screen.getByRole('button', { name: 'Choose file…' }));
    await waitFor(() => expect(location.hash).toBe('#/customers/import/i1'));
    expect(host.callsOf('customers.import_open')).toEqual([{ upload: 'u1', mode: 'cloud' }]);
  });

  /** GEN-09: what was left from before is offered again. */
  it('offers waiting lists left from before, and discards one after a yes', async () => {
    host.on('customers.import_waiting', () => [importView({ counts: counts({ all: 412, invalid: 12 }) })]);
    host.on('customers.import_discard', () => ({}));
    render(ImportPage, { params: {} });
    await screen.findByText('412');
    await person.click(screen.getByRole('button', { name: 'Discard' }));
    expect(host.callsOf('customers.import_discard')).toEqual([]);
    await person.click(screen.getByRole('button', { name: 'Discard list' }));
    await waitFor(() => expect(host.callsOf('customers.import_discard')).toEqual([{ import: 'i1' }]));
  });

  /** CUS-25: beyond 64 MiB a clear refusal, before anything is sent. */
  it('refuses a file that is too large', async () => {
    render(ImportPage, { params: {} });
    const file = new File(['x'], 'huge.csv');
    Object.defineProperty(file, 'size', { value: 65 * 1024 * 1024 });
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(drop, 'dataTransfer', { value: { types: ['Files'], files: [file] } });
    screen.getByRole('group', { name: 'File' }).dispatchEvent(drop);
    await screen.findByText('The file is too large: at most 64 MiB');
    expect(host.callsOf('customers.import_open')).toEqual([]);
  });
});

describe('a waiting list', () => {
  /** CUS-22: every problem of every cell, all at once; what an update replaces; CUS-24: no password. */
  it('shows problems under their cells and what was there before', async () => {
    render(ImportPage, { params: { id: 'i1' } });
    const port = await screen.findByRole('gridcell', { name: /84430/ });
    expect(within(port).getByText('1 to 65,535')).toBeTruthy();
    expect(screen.getByText('Required')).toBeTruthy();
    expect(screen.getByText('was 8443')).toBeTruthy();
    expect(screen.getAllByText('hidden').length).toBe(3);
  });

  /** UI-01: what is searched, filtered and ordered stands in the address; back undoes it. */
  it('keeps search, filter and order in the address', async () => {
    router.go('/customers/import/i1', { state: 'invalid', sort: '-port' }, { sure: true });
    render(ImportPage, { params: { id: 'i1' } });
    const last = (): unknown =>
      host
        .callsOf('customers.import_rows')
        .filter(({ sort }) => sort !== null)
        .at(-1);
    const sort = { column: 'port', descending: true };
    await waitFor(() => expect(last()).toMatchObject({ search: '', state: 'invalid', sort }));
    expect((await screen.findByRole('button', { name: /^Invalid/ })).getAttribute('aria-pressed')).toBe('true');
    await person.type(screen.getByRole('textbox', { name: 'Search rows' }), 'berg{Enter}');
    await waitFor(() => expect(last()).toMatchObject({ search: 'berg', state: 'invalid', sort }));
    expect(router.query('search')).toBe('berg');
    history.back();
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Search rows' }).value).toBe(''));
    await waitFor(() => expect(last()).toMatchObject({ search: '', state: 'invalid', sort }));
    // What is no column is none.
    router.setQuery({ sort: 'password', state: 'odd' }, { sure: true });
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /^Invalid/ }).getAttribute('aria-pressed')).toBe('false'),
    );
  });

  /** UI-03, CUS-22: what a narrow column cuts off is read whole by who comes to the cell by keyboard. */
  it('shows what is wrong with a cell whole where it is cut off', async () => {
    const wide = vi.spyOn(Element.prototype, 'scrollWidth', 'get').mockReturnValue(200);
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByRole('gridcell', { name: /84430/ });
    const grid = screen.getByRole('grid');
    grid.focus();
    await person.keyboard('{ArrowDown}');
    expect(document.querySelector('.tip')).toBeNull();
    await person.keyboard('{ArrowRight}');
    await waitFor(() => expect(document.querySelector('.tip')?.textContent).toBe('1 to 65,535'));
    await person.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.querySelector('.tip')?.textContent).toBe('was 8443'));
    await person.keyboard('{ArrowUp}{Enter}');
    await screen.findByLabelText('Port, row 2');
    await waitFor(() => expect(document.querySelector('.tip')?.textContent).toBe('1 to 65,535'));
    await person.keyboard('{Escape}{ArrowLeft}');
    await waitFor(() => expect(document.querySelector('.tip')).toBeNull());
    wide.mockRestore();
  });

  /** CUS-22: edited in its place; the core judges the whole row. */
  it('writes a cell on Enter and leaves it on Escape', async () => {
    host.on('customers.import_edit', ({ row, cells }) => {
      rows = rows.map((one) =>
        one.row === row ? { ...one, cells: { ...one.cells, ...cells }, problems: [], state: 'new' } : one,
      );
      return importView({ counts: counts({ all: 3, new: 2, update: 1, untested: 3 }) });
    });
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('gridcell', { name: /84430/ }));
    const field = await screen.findByLabelText<HTMLInputElement>('Port, row 2');
    expect(field.value).toBe('84430');
    await person.keyboard('1{Escape}');
    expect(host.callsOf('customers.import_edit')).toEqual([]);
    await person.click(screen.getByRole('gridcell', { name: /84430/ }));
    await person.clear(screen.getByLabelText('Port, row 2'));
    await person.keyboard('8444{Enter}');
    await waitFor(() => expect(host.callsOf('customers.import_edit').length).toBe(1));
    // CUS-26: an edit is of a cell; the others go on following the file.
    expect(host.callsOf('customers.import_edit')).toEqual([
      { import: 'i1', row: 2, password: null, cells: { port: '8444' } },
    ]);
    await waitFor(() => expect(screen.queryByText('1 to 65,535')).toBeNull());
  });

  /** CUS-22: what is typed while the last cell is still being saved is not lost: the click opens the next cell, and both are written. */
  it('takes clicks and typing while a cell is being saved', async () => {
    const answers: (() => void)[] = [];
    host.on(
      'customers.import_edit',
      ({ row, cells }) =>
        new Promise((resolve) =>
          answers.push(() => {
            rows = rows.map((one) => (one.row === row ? { ...one, cells: { ...one.cells, ...cells } } : one));
            resolve(importView({ counts: counts({ all: 3, new: 2, update: 1 }) }));
          }),
        ),
    );
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('gridcell', { name: /84430/ }));
    await person.keyboard('8444{Enter}');
    await waitFor(() => expect(answers).toHaveLength(1));
    await person.click(screen.getByRole('gridcell', { name: 'Customer 1' }));
    expect(screen.getByLabelText<HTMLInputElement>('Name, row 1').value).toBe('Customer 1');
    await person.clear(screen.getByLabelText('Name, row 1'));
    await person.keyboard('Renamed{Enter}');
    expect(host.callsOf('customers.import_edit')).toHaveLength(1);
    screen.getByRole('gridcell', { name: '8444' });
    screen.getByRole('gridcell', { name: 'Renamed' });
    answers[0]?.();
    await waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await waitFor(() => expect(rows[0]?.cells.name).toBe('Renamed'));
    expect(host.callsOf('customers.import_edit').map(({ row, cells }) => [row, cells])).toEqual([
      [2, { port: '8444' }],
      [1, { name: 'Renamed' }],
    ]);
  });

  /** CUS-22: what was refused is not lost either. */
  it('opens a refused cell with what was typed', async () => {
    host.on('customers.import_edit', () => {
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'port', code: 'field.too-long', params: { limit: 9 } }],
      });
    });
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('gridcell', { name: /84430/ }));
    await person.keyboard('8444{Enter}');
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>('Port, row 2').value).toBe('8444'));
  });

  /** GEN-08, CUS-26: a line whose cells cannot be told apart shows no more than it may, and is mended as a whole row. */
  it('shows the line of a row that cannot be read, and has it mended beside', async () => {
    rows = [
      importRow(
        1,
        { name: 'Shifted', user_name: '', port: '' },
        {
          state: 'invalid',
          line: ['192.0.2.50', '', 'Shifted', null, null],
          problems: [{ field: 'row', code: 'import.too-many-columns' }],
        },
      ),
    ];
    host.on('customers.import_edit', () => importView({ counts: counts({ all: 1, new: 1 }) }));
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByText('More cells than columns');
    await person.click(screen.getByText('192.0.2.50'));
    const panel = screen.getByRole('complementary', { name: 'Row 1' });
    expect(within(within(panel).getByRole('list', { name: 'Line of the file' })).getAllByText('hidden')).toHaveLength(
      2,
    );
    await person.clear(within(panel).getByLabelText('Name'));
    await person.type(within(panel).getByLabelText('Name'), 'Shifted, Inc');
    await person.click(within(panel).getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(host.callsOf('customers.import_edit')).toEqual([
        { import: 'i1', row: 1, password: null, cells: { name: 'Shifted, Inc' } },
      ]),
    );
  });

  /** CUS-22: a tile asks the core for the rows of its state. */
  it('filters by state', async () => {
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByRole('gridcell', { name: /84430/ });
    await person.click(screen.getByRole('button', { name: /^Invalid/ }));
    await waitFor(() => expect(screen.queryByText('was 8443')).toBeNull());
    expect(host.callsOf('customers.import_rows').at(-3)).toMatchObject({ state: 'invalid' });
  });

  /** CUS-22: rows are added with all their fields. */
  it('adds a row', async () => {
    host.on('customers.import_edit', () => importView({ counts: counts({ all: 4, new: 2 }) }));
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Add row' }));
    const panel = screen.getByRole('complementary', { name: 'New row' });
    await person.type(within(panel).getByLabelText('Name'), 'Nouveau');
    await person.type(within(panel).getByLabelText('IP address/FQDN'), 'pbx.example');
    await person.type(within(panel).getByLabelText('Password'), 'secret');
    await person.click(within(panel).getByRole('button', { name: 'Add row' }));
    await waitFor(() => expect(host.callsOf('customers.import_edit').length).toBe(1));
    expect(host.callsOf('customers.import_edit')[0]).toMatchObject({
      row: null,
      password: 'secret',
      cells: { name: 'Nouveau', host: 'pbx.example', user_name: 'COMAdmin' },
    });
  });
});

describe('testing and saving', () => {
  /** CUS-23: a running test locks the list, shows its progress from the events, and can be cancelled. */
  it('follows the test and cancels it', async () => {
    const test = { work: 'w1', done: 0, total: 2, at_once: 64, started_at: Date.now(), gives_accounts: false };
    host.on('customers.import_view', () =>
      importView({ counts: counts({ all: 3, new: 1, update: 1, untested: 2 }), test }),
    );
    host.on('work.cancel', () => ({}));
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByText(/0 of 2, 64 at a time/);
    host.emit({
      kind: 'work',
      work: {
        id: 'w1',
        account: 'a1',
        kind: 'import_test',
        about: '',
        done: 1,
        total: 2,
        failed: 0,
        started_at: 0,
        finished_at: null,
        cancellable: true,
      },
    });
    await screen.findByText(/1 of 2, 64 at a time/);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Add row' }).disabled).toBe(true);
    await person.click(await screen.findByRole('gridcell', { name: /84430/ }));
    expect(screen.queryByLabelText('Port, row 2')).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Cancel test' }));
    await waitFor(() => expect(host.callsOf('work.cancel')).toEqual([{ id: 'w1' }]));
  });

  /** CUS-11, CUS-23: each certificate is shown; a yes to some of them names exactly those rows. */
  it('accepts the certificates that were chosen', async () => {
    rows = [importRow(1, {}, { test: notTrusted('AA:AA') }), importRow(2, {}, { test: notTrusted('BB:BB') })];
    const view = importView({ counts: counts({ all: 2, new: 2, untested: 2, untrusted: 2 }) });
    host.on('customers.import_view', () => view);
    host.on('customers.import_trust', () => view);
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: '2 certificates to review' }));
    await screen.findByText('BB:BB');
    await person.click(screen.getByRole('checkbox', { name: /Customer 2/ }));
    await person.click(screen.getByRole('button', { name: 'Accept and test again' }));
    await waitFor(() => expect(host.callsOf('customers.import_trust')).toEqual([{ import: 'i1', rows: [2] }]));
  });

  /** CUS-23, CUS-24: without contact is a choice of its own; afterwards the file is deleted only after a yes. */
  it('saves in numbers, then offers to delete the file', async () => {
    host.on('customers.import_view', () =>
      importView({
        counts: counts({ all: 3, new: 3, untested: 1, savable: 2, connected: 2 }),
        passwords: 3,
        deletable: true,
      }),
    );
    host.on('customers.import_save', () => importReceipt({ added: 3, without_contact: 1, finished: true }));
    host.on('customers.import_delete_file', () => ({}));
    const page = render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Save 2…' }));
    screen.getByRole('button', { name: 'Save 2 customers' });
    await person.click(screen.getByRole('checkbox', { name: /Save this one without contact too/ }));
    await person.click(screen.getByRole('button', { name: 'Save 3 customers' }));
    await waitFor(() =>
      expect(host.callsOf('customers.import_save')).toEqual([{ import: 'i1', without_contact: true, preview: 'a.0' }]),
    );
    await waitFor(() => expect(location.hash).toBe('#/customers/import'));
    await page.rerender({ params: {} });
    await screen.findByText('3 customers added');
    await person.click(screen.getByRole('button', { name: 'Delete file…' }));
    expect(host.callsOf('customers.import_delete_file')).toEqual([]);
    await person.click(screen.getByRole('button', { name: 'Delete file' }));
    await screen.findByText('kunden.csv deleted');
  });

  /** CUS-26: rows whose customers changed meanwhile are named, and can be looked at by themselves. */
  it('names the rows that changed meanwhile', async () => {
    host.on('customers.import_view', () =>
      importView({ counts: counts({ all: 3, new: 2, savable: 2, changed: 1 }), preview: 'a.7' }),
    );
    host.on('customers.import_save', () => importReceipt({ added: 1, left: 1, changed: [{ row: 3, name: 'Same 1' }] }));
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Save 2…' }));
    await person.click(screen.getByRole('button', { name: 'Save 2 customers' }));
    await screen.findByText('One row was not saved: its customer changed after it was previewed');
    screen.getByText('Same 1');
    expect(host.callsOf('customers.import_save')[0]).toMatchObject({ preview: 'a.7' });
    await person.click(screen.getByRole('button', { name: 'Show them' }));
    await waitFor(() => expect(host.callsOf('customers.import_rows').at(-3)).toMatchObject({ changed: true }));
  });

  /** CUS-23: says which rows stayed behind. */
  it('keeps the rows that stayed behind in the list', async () => {
    host.on('customers.import_view', () =>
      importView({ counts: counts({ all: 3, new: 2, invalid: 1, savable: 1, untested: 1 }) }),
    );
    host.on('customers.import_save', () => importReceipt({ added: 1, left: 2 }));
    render(ImportPage, { params: { id: 'i1' } });
    await person.click(await screen.findByRole('button', { name: 'Save 1…' }));
    await person.click(screen.getByRole('button', { name: 'Save one customer' }));
    await screen.findByText('2 rows were not saved; they are listed below.');
  });
});
