import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from './merge';

const base = { name: 'Nordlys', telephone: '1', notes: '', tags: ['a'], port: 8443 };

describe('what two people changed', () => {
  it('goes together where each changed something else', () => {
    const theirs = { ...base, telephone: '2', tags: ['a', 'b'] };
    const mine = { ...base, notes: 'call first' };
    expect(merge(base, theirs, mine)).toEqual({
      merged: { ...base, telephone: '2', tags: ['a', 'b'], notes: 'call first' },
      clashes: [],
      theirs: ['telephone', 'tags'],
      mine: ['notes'],
    });
  });

  it('clashes where both changed the same to something else, and mine stands until somebody chooses', () => {
    const { merged, clashes } = merge(base, { ...base, telephone: '2' }, { ...base, telephone: '3' });
    expect(merged.telephone).toBe('3');
    expect(clashes).toEqual([{ field: 'telephone', base: '1', theirs: '2', mine: '3' }]);
  });

  it('is no clash where both came to the same', () => {
    const { clashes, theirs, mine } = merge(base, { ...base, port: 443 }, { ...base, port: 443 });
    expect([clashes, theirs, mine]).toEqual([[], [], []]);
  });

  it('never loses what I changed, nor what only they did', () => {
    const record = fc.record({
      a: fc.integer({ min: 0, max: 2 }),
      b: fc.array(fc.constantFrom('x', 'y')),
      c: fc.boolean(),
    });
    fc.assert(
      fc.property(record, record, record, (first, theirs, mine) => {
        const { merged, clashes } = merge(first, theirs, mine);
        for (const field of ['a', 'b', 'c'] as const) {
          const changed = JSON.stringify(mine[field]) !== JSON.stringify(first[field]);
          expect(merged[field]).toEqual(changed ? mine[field] : theirs[field]);
          const differs = JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]);
          const byThem = JSON.stringify(theirs[field]) !== JSON.stringify(first[field]);
          expect(clashes.some((clash) => clash.field === field)).toBe(changed && byThem && differs);
        }
      }),
    );
  });
});
