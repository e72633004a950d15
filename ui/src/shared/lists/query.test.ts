import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnDescription, Sort } from '$wire/types';
import {
  dayOf,
  draftOf,
  emptyDraft,
  emptyQuery,
  moveColumn,
  nextSort,
  placeColumn,
  removeCriterion,
  setCriterion,
  showColumn,
  shownColumns,
  startOfDay,
  testOf,
  widenColumn,
  withSorted,
} from './query';
import { BESIDE, elementOrder, MAX_PIXELS, maxRows, rowsDrawn, rowsInView, scrollFor, type View } from './virtual';

const column = (name: string, kind: ColumnDescription['kind'] = 'text', default_visible = true): ColumnDescription => ({
  name,
  kind,
  sortable: true,
  filterable: true,
  searchable: true,
  choices: [],
  default_visible,
});
const columns = [column('name'), column('systems', 'number'), column('notes', 'text', false)];

test('the first click sorts downwards, the second upwards, the third not at all (UI-20)', () => {
  const first = nextSort(null, 'name');
  expect(first).toEqual({ column: 'name', descending: true });
  const second = nextSort(first, 'name');
  expect(second).toEqual({ column: 'name', descending: false });
  expect(nextSort(second, 'name')).toBeNull();
  expect(nextSort(second, 'systems')).toEqual({ column: 'systems', descending: true });
});

test('a criterion replaces the one of its column, in its place; the others and the search stay (UI-22)', () => {
  const searched = { ...emptyQuery(), search: 'berg' };
  const filtered = setCriterion(searched, 'name', { kind: 'contains', text: 'a' });
  const both = setCriterion(filtered, 'systems', { kind: 'range', from: 2, to: null });
  expect(both.search).toBe('berg');
  const changed = setCriterion(both, 'name', { kind: 'any_of', values: ['a'] });
  expect(changed.criteria).toEqual([
    { column: 'name', test: { kind: 'any_of', values: ['a'] } },
    { column: 'systems', test: { kind: 'range', from: 2, to: null } },
  ]);
  expect(setCriterion(changed, 'name', null).criteria).toEqual(removeCriterion(both, 'name').criteria);
});

/** UI-22 */
describe('criteria', () => {
  test('an empty form asks nothing', () => {
    for (const kind of ['text', 'number', 'time', 'date', 'choice', 'tags', 'yes_no', 'version'] as const) {
      expect(testOf(column('c', kind), emptyDraft(), 'UTC')).toBeNull();
    }
  });

  test('what a form means is what it shows when it is opened again', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Paris', 'Asia/Tokyo', 'America/St_Johns', 'Pacific/Chatham');
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, days, fc.constantFrom('date' as const, 'time' as const), (zone, day, kind) => {
        const iso = day.toISOString().slice(0, 10);
        const draft = { ...emptyDraft(), from: iso, to: iso };
        const asked = testOf(column('c', kind), draft, zone);
        expect(asked).not.toBeNull();
        expect(draftOf(column('c', kind), asked ?? undefined, zone)).toEqual(draft);
      }),
    );
  });

  test('values, a part of a text, and having a value or none are each what they show when opened again', () => {
    const tests = [
      ['text', { kind: 'contains', text: 'a' }],
      ['text', { kind: 'any_of', values: ['a', 'b'] }],
      ['version', { kind: 'any_of', values: ['12.0'] }],
      ['tags', { kind: 'contains', text: 'ret' }],
      ['tags', { kind: 'empty', value: false }],
      ['time', { kind: 'empty', value: true }],
      ['yes_no', { kind: 'yes_no', value: false }],
    ] as const;
    for (const [kind, asked] of tests) {
      const test = asked as Parameters<typeof draftOf>[1];
      expect(testOf(column('c', kind), draftOf(column('c', kind), test, 'UTC'), 'UTC')).toEqual(asked);
    }
  });

  test('a day of a time column is the whole day in the viewer’s zone, also when the clocks change (GEN-06)', () => {
    // 25 October 2026 has 25 hours in Paris.
    const test = testOf(
      column('at', 'time'),
      { ...emptyDraft(), from: '2026-10-25', to: '2026-10-25' },
      'Europe/Paris',
    );
    expect(test).toEqual({ kind: 'range', from: Date.UTC(2026, 9, 24, 22), to: Date.UTC(2026, 9, 25, 23) - 1 });
    expect(dayOf(startOfDay('2026-01-22', 'Asia/Tokyo'), 'Asia/Tokyo')).toBe('2026-01-22');
  });

  test('dates are days since 1970 without a zone (GEN-07)', () => {
    expect(testOf(column('on', 'date'), { ...emptyDraft(), from: '1970-01-02' }, 'Asia/Tokyo')).toEqual({
      kind: 'range',
      from: 1,
      to: null,
    });
  });
});

/** UI-24 */
describe('columns', () => {
  test('show, hide, move and widen', () => {
    expect(shownColumns(columns, null).map((one) => one.name)).toEqual(['name', 'systems']);
    const more = showColumn(columns, null, 'notes', true);
    expect(more.columns.map((one) => one.name)).toEqual(['name', 'systems', 'notes']);
    expect(moveColumn(columns, more, 'notes', -1).columns.map((one) => one.name)).toEqual(['name', 'notes', 'systems']);
    expect(moveColumn(columns, more, 'name', -1).columns.map((one) => one.name)).toEqual(['name', 'systems', 'notes']);
    expect(placeColumn(columns, more, 'notes', 0).columns.map((one) => one.name)).toEqual(['notes', 'name', 'systems']);
    expect(placeColumn(columns, more, 'name', 2).columns.map((one) => one.name)).toEqual(['systems', 'notes', 'name']);
    expect(widenColumn(columns, more, 'notes', 9999).columns[2]).toEqual({ name: 'notes', width: 800 });
  });

  test('the one that the rows are ordered by is shown, wherever it stands otherwise', () => {
    const names = (sort: Sort | null): string[] =>
      withSorted(shownColumns(columns, null), columns, sort).map((one) => one.name);
    expect(names({ column: 'notes', descending: true })).toEqual(['name', 'notes', 'systems']);
    expect(names({ column: 'systems', descending: false })).toEqual(['name', 'systems']);
    expect(names(null)).toEqual(['name', 'systems']);
  });

  test('the last column stays, and a column that is gone does no harm', () => {
    const one = { columns: [{ name: 'name', width: null }] };
    expect(showColumn(columns, one, 'name', false)).toEqual(one);
    expect(shownColumns(columns, { columns: [{ name: 'gone', width: 80 }] }).map((column) => column.name)).toEqual([
      'name',
      'systems',
    ]);
  });
});

/** UI-27 */
describe('rows in view', () => {
  test('are few, hold what is on screen, and never leave the list', () => {
    fc.assert(
      fc.property(
        fc.nat(4_000_000),
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom(28, 32),
        fc.nat(100_000),
        (scroll, height, row, count) => {
          const { start, end } = rowsInView(scroll, height, row, count);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(count);
          expect(end - start).toBeLessThanOrEqual(Math.ceil(Math.max(height, row) / row) + 18);
          const first = Math.floor(scroll / row);
          if (first < count) expect(start <= first && first < end).toBe(true);
        },
      ),
    );
  });

  /** PERF-05: while somebody scrolls no element changes its place among the others; at rest rows stand in their order. */
  test('keep the order of their elements until it is said where to begin', () => {
    const height = fc.integer({ min: 200, max: 2_000 });
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(200), height, (place, step, pixels) => {
        const drawn = rowsDrawn(pixels, 32);
        const at = (index: number): View => rowsInView((index + BESIDE) * 32, pixels, 32, 200_000);
        const view = at(place);
        const rows = Array.from({ length: drawn }, (_, offset) => view.start + offset);
        expect(elementOrder(view, drawn, view.start)).toEqual(rows);
        const elements = (of: View): number[] => elementOrder(of, drawn, view.start).map((index) => index % drawn);
        expect(elements(at(place + step))).toEqual(elements(view));
      }),
    );
  });

  test('end before a browser’s longest element', () => {
    expect(maxRows(32) * 32).toBeLessThanOrEqual(MAX_PIXELS);
    expect(maxRows(32)).toBeGreaterThan(100_000);
  });

  test('are brought into view with the least movement', () => {
    expect(scrollFor(0, 320, 640, 32)).toBe(0);
    expect(scrollFor(15, 320, 640, 32)).toBe(320);
    expect(scrollFor(40, 320, 640, 32)).toBe(41 * 32 - 640);
  });
});
