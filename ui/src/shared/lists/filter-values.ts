// Which values a filter offers, and how many rows would remain. Pure: the menu draws what these decide.

import type { ColumnDescription, ColumnValues } from '$wire/types';
import type { Draft } from './query';

export interface OfferedValue {
  value: string;
  rows: number;
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The values to choose from: a choice has all of its values in their order, with none where there are none; others have
 * those that there are, most first. What is chosen is always among them; a typed text narrows the others.
 */
export function offered(
  column: ColumnDescription,
  found: ColumnValues,
  draft: Draft,
  nameOf: (value: string) => string,
): OfferedValue[] {
  const counts = new Map(found.values.filter(({ value }) => value !== '').map(({ value, rows }) => [value, rows]));
  const own = column.kind === 'yes_no' ? ['1', '0'] : column.choices;
  const all = own.length > 0 && column.kind !== 'tags' ? [...own] : [...counts.keys()];
  const missing = draft.values.filter((value) => !all.includes(value));
  const wanted = folded(draft.text.trim());
  return [...missing, ...all]
    .filter((value) => draft.values.includes(value) || wanted === '' || folded(nameOf(value)).includes(wanted))
    .map((value) => ({ value, rows: counts.get(value) ?? 0 }));
}

/** How many rows would remain with what is chosen; null: the counts do not say. */
export function remainingOf(column: ColumnDescription, found: ColumnValues, draft: Draft): number | null {
  const without = found.values.find(({ value }) => value === '')?.rows ?? 0;
  const isRange = column.kind === 'number' || column.kind === 'time' || column.kind === 'date';
  if (isRange) return null;
  if (draft.empty === 'yes') return without;
  if (draft.empty === 'no') return found.rows - without;
  if (draft.values.length === 0) return draft.text.trim() === '' ? found.rows : null;
  // A row may have several tags: their counts do not add up.
  if (column.kind === 'tags' && draft.values.length > 1) return null;
  const counts = draft.values.map((value) => found.values.find((one) => one.value === value)?.rows);
  if (counts.every((count) => count !== undefined)) return counts.reduce((sum: number, count) => sum + (count ?? 0), 0);
  // Only the most frequent values were counted; of a choice all are.
  return column.choices.length > 0 ? counts.reduce((sum: number, count) => sum + (count ?? 0), 0) : null;
}
