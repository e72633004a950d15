import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { usePlatform } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import type { ImportColumn, ImportGap } from '$wire/types';
import ImportPage from '$features/customers/ImportPage.svelte';
import { assign, chosenAtFirst, isNeeded, missingColumns } from './mapping';
import { counts, importRow, importView } from './testing';

const column = (name: string, more: Partial<ImportColumn> = {}): ImportColumn => ({
  name,
  column: null,
  guess: null,
  secret: false,
  samples: [],
  ...more,
});

describe('what columns are', () => {
  /** CUS-26 */
  it('proposes what names seem to say, each once, until somebody has decided', () => {
    const columns = [
      column('Name', { column: 'name' }),
      column('Customer', { guess: 'name' }),
      column('IP', { guess: 'host' }),
      column('Server', { guess: 'host' }),
      column('Other'),
    ];
    expect(chosenAtFirst(columns, true)).toEqual(['name', null, 'host', null, null]);
    expect(chosenAtFirst(columns, false)).toEqual(['name', null, null, null, null]);
  });

  it('makes a column what it is, and no other one the same', () => {
    expect(assign(['name', 'host', null], 2, 'host')).toEqual(['name', null, 'host']);
    expect(assign(['name', 'host', null], 0, null)).toEqual([null, 'host', null]);
    expect(missingColumns(['name', null], ['host', 'name'])).toEqual(['host']);
  });

  it('knows what rows cannot be stored without', () => {
    const gap = (more: Partial<ImportGap>): ImportGap => ({ column: 'password', rows: 3, value: null, ...more });
    expect(isNeeded(gap({}))).toBe(true);
    expect(isNeeded(gap({ value: '' }))).toBe(false);
    expect(isNeeded(gap({ column: 'port' }))).toBe(false);
  });
});

const person = userEvent.setup();
let host: FakePlatform;

beforeEach(() => {
  queryClient.clear();
  location.hash = '';
  const rows = [importRow(1), importRow(2)];
  host = new FakePlatform({
    'customers.import_waiting': () => [],
    'customers.import_rows': ({ state }) => (state === null ? rows.map((row) => row.row) : []),
    'customers.import_window': ({ rows: wanted }) => rows.filter((row) => wanted.includes(row.row)),
    'customers.import_columns': () => [
      column('Kunde', { samples: ['Hotel Miramar', 'Northwind'] }),
      column('Standort IP', { samples: ['192.0.2.10'], guess: 'host' }),
      column('Kennwort', { secret: true, guess: 'password' }),
    ],
  });
  usePlatform(host);
});

describe('a file with foreign headers', () => {
  /** CUS-26, GEN-08: asked before anything else, no password shown; what was chosen is sent. */
  it('asks what its columns are', async () => {
    host.on('customers.import_view', () => importView({ undecided: true }));
    host.on('customers.import_map', () =>
      importView({ mapped_by: 'person', counts: counts({ all: 2, new: 2, untested: 2 }) }),
    );
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByText('Hotel Miramar · Northwind');
    const field = (name: string): HTMLSelectElement => screen.getByLabelText(`${name} is read as`);
    expect(field('Standort IP').value).toBe('host');
    expect(field('Kennwort').value).toBe('password');
    expect(screen.getByText('Not assigned yet: Name')).toBeTruthy();
    await person.selectOptions(field('Kunde'), 'name');
    expect(screen.queryByText(/Not assigned yet/)).toBeNull();
    await person.click(screen.getByRole('button', { name: 'Use these columns' }));
    await waitFor(() =>
      expect(host.callsOf('customers.import_map')).toEqual([{ import: 'i1', columns: ['name', 'host', 'password'] }]),
    );
    await screen.findByRole('gridcell', { name: /Customer 1/ });
  });

  /** CUS-26: what was remembered is said, and can be looked at and taken back. */
  it('says that what is remembered was applied, and takes it back', async () => {
    host.on('customers.import_view', () =>
      importView({ mapped_by: 'remembered', counts: counts({ all: 2, new: 2, untested: 2 }) }),
    );
    host.on('customers.import_map', () => importView({ undecided: true }));
    render(ImportPage, { params: { id: 'i1' } });
    await screen.findByText('Columns are read as they were assigned for an earlier file');
    await person.click(screen.getByRole('button', { name: 'Review columns…' }));
    await person.click(await screen.findByRole('button', { name: 'Read by header again' }));
    await waitFor(() => expect(host.callsOf('customers.import_map')).toEqual([{ import: 'i1', columns: null }]));
  });
});

describe('what the file does not say', () => {
  /** CUS-26: asked once for all rows; what was said can be changed. */
  it('is asked for once', async () => {
    const gaps: ImportGap[] = [
      { column: 'port', rows: 2, value: null },
      { column: 'user_name', rows: 2, value: null },
      { column: 'password', rows: 2, value: null },
    ];
    host.on('customers.import_view', () => importView({ gaps, counts: counts({ all: 2, invalid: 2 }) }));
    host.on('customers.import_fill', ({ user_name, port }) =>
      importView({
        gaps: gaps.map((gap) => ({
          ...gap,
          value: gap.column === 'port' ? port : gap.column === 'user_name' ? user_name : '',
        })),
      }),
    );
    render(ImportPage, { params: { id: 'i1' } });
    const form = within(await screen.findByRole('form', { name: 'Missing in the file' }));
    expect(form.getByText(/user of 2 rows and password of 2 rows/)).toBeTruthy();
    expect(form.getByLabelText<HTMLInputElement>('User').value).toBe('COMAdmin');
    await person.type(form.getByLabelText('Password'), 'for-all');
    await person.type(form.getByLabelText('Port'), '9443');
    await person.click(form.getByRole('button', { name: 'Apply to these rows' }));
    await waitFor(() =>
      expect(host.callsOf('customers.import_fill')).toEqual([
        { import: 'i1', port: '9443', user_name: 'COMAdmin', password: 'for-all' },
      ]),
    );
    await screen.findByText(/Rows without their own use: Port 9443, User COMAdmin,? and Password ••••••/);
    await person.click(screen.getByRole('button', { name: 'Change…' }));
    const again = within(await screen.findByRole('form', { name: 'Missing in the file' }));
    await person.clear(again.getByLabelText('Port'));
    await person.click(again.getByRole('button', { name: 'Apply to these rows' }));
    await waitFor(() =>
      expect(host.callsOf('customers.import_fill')[1]).toEqual({
        import: 'i1',
        port: '',
        user_name: 'COMAdmin',
        password: null,
      }),
    );
  });
});
