import { describe, expect, test } from 'vitest';
import type { ColumnDescription, ColumnValues } from '$wire/types';
import { offered, remainingOf } from './filter-values';
import { emptyDraft } from './query';

const column = (kind: ColumnDescription['kind'], choices: string[] = []): ColumnDescription => ({
  name: 'c',
  kind,
  sortable: true,
  filterable: true,
  searchable: false,
  choices,
  default_visible: true,
});
const found: ColumnValues = {
  values: [
    { value: 'retail', rows: 5 },
    { value: 'Hôtel', rows: 3 },
    { value: '', rows: 2 },
  ],
  rows: 9,
};
const named = (value: string): string => value;

/** UI-22 */
describe('values of a filter', () => {
  test('are those that there are, most first; a typed text narrows them and never hides what is chosen', () => {
    const names = (draft = emptyDraft()): string[] =>
      offered(column('tags'), found, draft, named).map(({ value }) => value);
    expect(names()).toEqual(['retail', 'Hôtel']);
    expect(names({ ...emptyDraft(), text: 'HOTEL' })).toEqual(['Hôtel']);
    expect(names({ ...emptyDraft(), text: 'hotel', values: ['retail', 'rare'] })).toEqual(['rare', 'retail', 'Hôtel']);
  });

  test('of a choice are all, in their order, also those that no row has', () => {
    const all = offered(column('choice', ['never', 'retail']), found, emptyDraft(), named);
    expect(all).toEqual([
      { value: 'never', rows: 0 },
      { value: 'retail', rows: 5 },
    ]);
  });

  test('say how many rows would remain, where the counts do', () => {
    const remaining = (kind: ColumnDescription['kind'], draft: object): number | null =>
      remainingOf(column(kind), found, { ...emptyDraft(), ...draft });
    expect(remaining('text', {})).toBe(9);
    expect(remaining('text', { values: ['retail', 'Hôtel'] })).toBe(8);
    expect(remaining('tags', { values: ['retail'] })).toBe(5);
    // A row may have both.
    expect(remaining('tags', { values: ['retail', 'Hôtel'] })).toBeNull();
    expect(remaining('text', { empty: 'yes' })).toBe(2);
    expect(remaining('text', { empty: 'no' })).toBe(7);
    expect(remaining('text', { text: 're' })).toBeNull();
    expect(remaining('number', { from: '1' })).toBeNull();
    // Not among the most frequent: unknown, but of a choice it is none.
    expect(remaining('text', { values: ['rare'] })).toBeNull();
    expect(remainingOf(column('choice', ['never']), found, { ...emptyDraft(), values: ['never'] })).toBe(0);
  });
});
