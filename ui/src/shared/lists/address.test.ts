import { expect, it } from 'vitest';
import { anyOf, filterOf, filterText } from './address';

/** DSH-03: what goes into an address comes out of it again, and a damaged one filters nothing. */
it('keeps criteria through an address', () => {
  const criteria = [anyOf('connection', ['problems']), anyOf('tags', ['a & b', '橋'])];
  const address = new URLSearchParams({ filter: filterText(criteria) ?? '' }).toString();
  expect(filterOf(new URLSearchParams(address).get('filter'))).toEqual(criteria);
  expect(filterOf('[{"column":1}]')).toEqual([]);
  expect(filterOf('{')).toEqual([]);
  expect(filterOf(null)).toEqual([]);
  expect(filterText([])).toBeNull();
});
