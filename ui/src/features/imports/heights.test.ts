import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heights, HIGH, LOW } from './heights';

describe('where rows stand', () => {
  /** CUS-22: a row with problems has a second line; rows around it are where their heights say. */
  it('adds up low and high rows', () => {
    const heights = new Heights([1, 2, 3], new Set([2]));
    expect([0, 1, 2, 3].map((index) => heights.top(index))).toEqual([0, LOW, LOW + HIGH, 2 * LOW + HIGH]);
    expect(heights.total).toBe(2 * LOW + HIGH);
    expect(heights.at(LOW + HIGH - 1)).toBe(1);
    expect(heights.at(1e9)).toBe(2);
  });

  /** CUS-25, UI-27 */
  it('shows of 10,000 rows only those in view and a few beside them', () => {
    const heights = new Heights(
      Array.from({ length: 10_000 }, (_, index) => index + 1),
      new Set(),
    );
    const view = heights.inView(5000 * LOW, 600);
    expect(view.start).toBe(4992);
    expect(view.end - view.start).toBeLessThan(50);
  });

  it('knows nothing of an empty list', () => {
    const heights = new Heights([], new Set());
    expect(heights.inView(0, 600)).toEqual({ start: 0, end: 0 });
    expect(heights.total).toBe(0);
  });

  it('always covers what is in view', () => {
    const lists = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        lists,
        fc.uniqueArray(fc.integer({ min: 1, max: 500 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (order, tall, share) => {
          const heights = new Heights(order, new Set(tall));
          const scrollTop = share * Math.max(0, heights.total - 400);
          const { start, end } = heights.inView(scrollTop, 400);
          expect(heights.top(start)).toBeLessThanOrEqual(scrollTop);
          expect(heights.top(end)).toBeGreaterThanOrEqual(Math.min(heights.total, scrollTop + 400));
        },
      ),
    );
  });
});
