import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnCount, inColumns, type Panel } from './columns';

const panels = fc.array(fc.record({ lines: fc.integer({ min: 1, max: 12 }), wide: fc.boolean() }), {
  minLength: 1,
  maxLength: 12,
});
const named = (all: { lines: number; wide: boolean }[]): Panel<string>[] =>
  all.map((one, place) => ({ ...one, name: String(place) }));

/** DSH-02: the most urgent stands at the top of a column at every width, and no column is empty. */
it('keeps the order of urgency in every column, loses no panel, leaves no column empty', () => {
  fc.assert(
    fc.property(panels, fc.integer({ min: 1, max: 4 }), (all, count) => {
      const narrow = named(all).map((panel) => ({ ...panel, wide: false }));
      for (const given of [named(all), narrow]) {
        const columns = inColumns(given, count);
        expect(columns.flat().toSorted()).toEqual(given.map(({ name }) => name).toSorted());
        for (const column of columns) {
          const places = column.map(Number);
          expect(places).toEqual(places.toSorted((left, right) => left - right));
        }
      }
      const columns = inColumns(narrow, count);
      expect(columns.length).toBe(Math.min(count, narrow.length));
      expect(columns.every((column) => column.length > 0)).toBe(true);
      expect(columns[0]?.[0]).toBe('0');
    }),
  );
});

it('stands balanced: no column is longer than another by more than the longest panel', () => {
  fc.assert(
    fc.property(panels, fc.integer({ min: 1, max: 4 }), (all, count) => {
      const given = named(all).map((panel) => ({ ...panel, wide: false }));
      const lengths = inColumns(given, count).map((column) =>
        column.reduce((sum, name) => sum + (given[Number(name)]?.lines ?? 0) + 2.5, 0),
      );
      const longest = Math.max(...given.map(({ lines }) => lines)) + 2.5;
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(longest);
    }),
  );
});

it('has as many columns as there is space for', () => {
  expect([200, 640, 1_056, 1_248, 3_000].map(columnCount)).toEqual([1, 2, 3, 4, 4]);
});
