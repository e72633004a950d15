// Waiting lists for the tests of this assistant.

import type { ImportCells, ImportCounts, ImportReceipt, ImportRow, ImportView } from '$wire/types';
import { emptyCells } from './columns';

export const counts = (more: Partial<ImportCounts> = {}): ImportCounts => ({
  all: 0,
  new: 0,
  update: 0,
  unchanged: 0,
  invalid: 0,
  connected: 0,
  failed: 0,
  savable: 0,
  untested: 0,
  untrusted: 0,
  changed: 0,
  folders: 0,
  folders_savable: 0,
  folders_with_accounts: 0,
  factory_new: 0,
  ...more,
});

export const importView = (more: Partial<ImportView> = {}): ImportView => ({
  import: 'i1',
  kind: 'customers',
  organization: null,
  folder: null,
  file_name: 'kunden.csv',
  size: 1024,
  encoding: 'windows-1252',
  encoding_detected: true,
  separator: 'semicolon',
  separator_detected: true,
  mode: 'on-premises',
  mapped_by: 'header',
  undecided: false,
  gaps: [],
  problems: [],
  counts: counts(),
  preview: 'a.0',
  test: null,
  created_at: 0,
  passwords: 0,
  deletable: false,
  ...more,
});

export const importRow = (row: number, cells: Partial<ImportCells> = {}, more: Partial<ImportRow> = {}): ImportRow => ({
  row,
  state: 'new',
  cells: {
    ...emptyCells(),
    host: `10.31.2.${row}`,
    port: '8443',
    name: `Customer ${row}`,
    user_name: 'COMAdmin',
    ...cells,
  },
  line: null,
  changed: false,
  has_password: true,
  problems: [],
  was: [],
  new_folder: null,
  test: { kind: 'none' },
  ...more,
});

export const importReceipt = (more: Partial<ImportReceipt> = {}): ImportReceipt => ({
  added: 0,
  updated: 0,
  unchanged: 0,
  without_contact: 0,
  changed: [],
  first_accounts: 0,
  without_account: 0,
  folders: 0,
  stopped: null,
  left: 0,
  finished: false,
  ...more,
});
