// The cells of a waiting list, and what is said of them. Pure.

import { sortOf } from '$shared/lists/address';
import type { FieldProblem, ImportCells, ImportRow, RowState, Sort } from '$wire/types';

export type Field = keyof ImportCells | 'password';

export interface Column {
  field: Field;
  /** Grid track. */
  width: string;
}

/** Grid tracks of tick, row number, state, the cells and the test. */
export const tracksOf = ({ columns, more }: { columns: readonly Column[]; more: readonly Column[] }): string =>
  [
    '26px',
    '48px',
    '104px',
    ...columns.map((column) => column.width),
    'minmax(176px, 0.6fr)',
    ...more.map((column) => column.width),
  ].join(' ');

export const problemsOf = (row: ImportRow, field: string): FieldProblem[] =>
  row.problems.filter((problem) => problem.field === field);

/** Problems of the row as a whole: too few cells, a column that is missing. */
export const problemsOfRow = (row: ImportRow): FieldProblem[] =>
  row.problems.filter((problem) => !isField(problem.field));

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
  folder: '',
});

/** Whether a problem or a change is of a cell, and not of the row as a whole. */
export const isField = (name: string): name is Field => name === 'password' || name in emptyCells();

/** What of a waiting list is shown, and in which order. */
export interface Narrowing {
  search: string;
  state: RowState | null;
  /** Only the rows that a save left behind because what they mean changed meanwhile. */
  changed: boolean;
  sort: Sort | null;
}

export const STATES: readonly RowState[] = ['new', 'update', 'unchanged', 'invalid'];

/** What an address says of a waiting list; what it says that is none of these is left out. */
export function narrowingOf(value: (name: string) => string | null): Narrowing {
  const sort = sortOf(value('sort'));
  const sortable =
    sort !== null &&
    sort.column !== 'password' &&
    (isField(sort.column) || ['row', 'state', 'test'].includes(sort.column));
  return {
    search: value('search') ?? '',
    state: STATES.find((state) => state === value('state')) ?? null,
    changed: value('changed') === 'yes',
    sort: sortable ? sort : null,
  };
}

/** What a row is called: by its address as long as it has no name. */
export const rowName = (row: ImportRow): string => row.cells.name || row.cells.host;
