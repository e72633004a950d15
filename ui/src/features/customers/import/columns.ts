// The columns of a waiting list, in the order they are shown. Pure.

import type { FieldProblem, ImportCells, ImportRow } from '$wire/types';

export type Field = keyof ImportCells | 'password';

export interface Column {
  field: Field;
  /** Grid track. */
  width: string;
}

// All of these and the test stand beside each other in a window 1440 wide with the navigation unfolded.
export const COLUMNS: readonly Column[] = [
  { field: 'host', width: 'minmax(120px, 0.9fr)' },
  { field: 'port', width: '84px' },
  { field: 'name', width: 'minmax(132px, 1fr)' },
  { field: 'user_name', width: '98px' },
  { field: 'password', width: '88px' },
  { field: 'telephone', width: 'minmax(122px, 0.7fr)' },
  { field: 'email', width: 'minmax(122px, 0.8fr)' },
  { field: 'tags', width: 'minmax(92px, 0.5fr)' },
];

/** What stands to the right of the connection test: seldom looked at, yet each problem has its cell. */
export const MORE_COLUMNS: readonly Column[] = [
  { field: 'mode', width: '104px' },
  { field: 'address', width: '180px' },
  { field: 'notes', width: '220px' },
];

export const ALL_COLUMNS: readonly Column[] = [...COLUMNS, ...MORE_COLUMNS];

/** Grid tracks of tick, row number, state, the cells and the test. */
export const TRACKS = [
  '26px',
  '48px',
  '104px',
  ...COLUMNS.map((column) => column.width),
  'minmax(176px, 0.6fr)',
  ...MORE_COLUMNS.map((column) => column.width),
].join(' ');

export const problemsOf = (row: ImportRow, field: string): FieldProblem[] =>
  row.problems.filter((problem) => problem.field === field);

/** Problems of the row as a whole: too few cells, a column that is missing. */
export const problemsOfRow = (row: ImportRow): FieldProblem[] =>
  row.problems.filter((problem) => !ALL_COLUMNS.some((column) => column.field === problem.field));

/** What an update would replace; undefined: this cell stays as it is. */
export const wasOf = (row: ImportRow, field: Field): string | undefined =>
  row.was.find((was) => was.field === field)?.value;

export const emptyCells = (): ImportCells => ({
  host: '',
  port: '',
  name: '',
  user_name: '',
  address: '',
  telephone: '',
  email: '',
  notes: '',
  tags: '',
  mode: '',
});
