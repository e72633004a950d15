import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PackedIds, packIds } from './packed';
import { add, emptySelection, extendTo, headState, inOrder, remove, selectAll, selectOnly, toggle } from './selection';

const id = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
const order = (places: readonly number[]): PackedIds => new PackedIds(packIds(places.map(id)));
const straight = (count: number): PackedIds => order(Array.from({ length: count }, (_, index) => index));

/** UI-27 */
describe('packed ids', () => {
  test('what is packed comes out as it went in, and is found where it stands', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 60 }), (ids) => {
        const packed = new PackedIds(packIds(ids));
        expect([...packed]).toEqual(ids);
        ids.forEach((one, index) => expect(packed.indexOf(one)).toBe(index));
        expect(packed.equals(new PackedIds(packIds(ids)))).toBe(true);
      }),
    );
  });

  test('bytes that are no whole ids are refused', () => {
    expect(() => new PackedIds(new Uint8Array(17))).toThrow(RangeError);
    expect(() => straight(3).idAt(3)).toThrow(RangeError);
    expect(straight(3).indexOf(id(9))).toBe(-1);
  });
});

/** UI-23 */
describe('selection', () => {
  test('a tick twice leaves the chosen as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30)), fc.nat(30), (ticks, one) => {
        const before = ticks.reduce((selection, tick) => toggle(selection, id(tick)), emptySelection());
        expect(toggle(toggle(before, id(one)), id(one)).ids).toEqual(before.ids);
      }),
    );
  });

  test('a range holds both ends and all between, in either direction, and loses nothing', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), (from, to, other) => {
        const shown = straight(100);
        const before = toggle(selectOnly(id(other)), id(from));
        const after = extendTo(before, id(to), shown);
        for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1)
          expect(after.ids.has(id(index))).toBe(true);
        for (const kept of before.ids) expect(after.ids.has(kept)).toBe(true);
        expect(after.ids.size).toBeLessThanOrEqual(Math.abs(from - to) + 2);
      }),
    );
  });

  test('survives another order: the same ids, in the order now shown', () => {
    const chosen = add(emptySelection(), [id(1), id(3), id(7)]);
    expect(inOrder(chosen, order([7, 2, 3, 1]))).toEqual([id(7), id(3), id(1)]);
    // An id that is no longer listed stays chosen and comes last.
    expect(inOrder(chosen, order([3]))[0]).toBe(id(3));
    expect(inOrder(chosen, order([3]))).toHaveLength(3);
  });

  test('all that match are 100,000, and the head knows all, some and none', () => {
    const all = selectAll(straight(100_000));
    expect(all.ids.size).toBe(100_000);
    expect(headState(all, [id(0), id(99_999)])).toBe('all');
    expect(headState(remove(all, [id(0)]), [id(0), id(1)])).toBe('some');
    expect(headState(emptySelection(), [id(0)])).toBe('none');
    // Chosen, but none of them in view: still some.
    expect(headState(selectOnly(id(5)), [id(0)])).toBe('some');
  });
});
