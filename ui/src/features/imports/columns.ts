// The cells of a waiting list, and what is said of them. Pure.

import type { FieldProblem, ImportCells, ImportRow } from '$wire/types';

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

/** What a row is called: by its address as long as it has no name. */
export const rowName = (row: ImportRow): string => row.cells.name || row.cells.host;
