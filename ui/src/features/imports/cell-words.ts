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

/** What stands under the cell; null: nothing. */
export const wordsUnder = (row: ImportRow, field: Field): string | null =>
  problemWords(row, field) || beforeWords(row, field) || null;
