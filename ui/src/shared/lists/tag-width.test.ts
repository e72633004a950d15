import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeAt } from './column-drag';
import { tagsThatFit } from './tag-width';

test('as many tags are shown as fit, always one, and never more than there are', () => {
  expect(tagsThatFit(['retail', 'de', 'gold'], 400)).toBe(3);
  expect(tagsThatFit(['retail', 'de', 'gold'], 120)).toBe(2);
  expect(tagsThatFit(['a tag that is longer than its column'], 40)).toBe(1);
  expect(tagsThatFit([], 100)).toBe(0);
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 }), { maxLength: 6 }), fc.nat(600), (tags, width) => {
      const fit = tagsThatFit(tags, width);
      expect(fit).toBeGreaterThanOrEqual(Math.min(1, tags.length));
      expect(fit).toBeLessThanOrEqual(tags.length);
      expect(tagsThatFit(tags, width + 50)).toBeGreaterThanOrEqual(fit);
    }),
  );
});

test('what is dragged stands where the pointer is, at the ends beyond them', () => {
  const extents = [
    [0, 100],
    [100, 150],
    [150, 400],
  ] as const;
  expect([-5, 20, 100, 160, 900].map((point) => placeAt(point, extents))).toEqual([0, 0, 1, 2, 2]);
});
