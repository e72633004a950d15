// The words under a cell of a waiting list: what is wrong with it, or what it was before (CUS-22).

import { problemText, t } from '$shared/i18n';
import type { ImportRow } from '$wire/types';
import { problemsOf, wasOf, type Field } from './columns';

/** Everything that is wrong with the cell; empty: nothing. */
export const problemWords = (row: ImportRow, field: Field): string => problemsOf(row, field).map(problemText).join(' ');

/** What an update replaces in the cell; empty: nothing. */
export function beforeWords(row: ImportRow, field: Field): string {
  const was = row.state === 'update' ? wasOf(row, field) : undefined;
  if (was === undefined) return '';
  if (field === 'password') return t('import-was-password');
  return t('import-was', { value: was === '' ? t('import-was-empty') : was });
}

/** What a save makes for the cell: a folder that is not there yet (DEV-04); empty: nothing. */
export const madeWords = (row: ImportRow, field: Field): string =>
  field === 'folder' && row.new_folder !== null ? t('import-folder-new', { folder: row.new_folder }) : '';

/** What is said beside what is wrong: what the cell was before, or what is made for it. */
export const remarkWords = (row: ImportRow, field: Field): string => beforeWords(row, field) || madeWords(row, field);

/** What stands under the cell; null: nothing. */
export const wordsUnder = (row: ImportRow, field: Field): string | null =>
  problemWords(row, field) || remarkWords(row, field) || null;
