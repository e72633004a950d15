import { expect, it } from 'vitest';
import { addressValues, anyOf, askedOf, filterOf, filterText, type Asked } from './address';

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

const through = (asked: Asked, usual: Asked['criteria'] = []): Asked => {
  const address = new URLSearchParams();
  for (const [name, value] of Object.entries(addressValues(asked, usual))) if (value !== null) address.set(name, value);
  return askedOf((name) => new URLSearchParams(address.toString()).get(name), usual);
};

/** UI-01, UI-24: search, filter, sort and view come out of an address as they went in. */
it('keeps what was asked through an address', () => {
  const open = [anyOf('state', ['open'])];
  const asked: Asked = {
    search: 'nord & süd',
    criteria: [anyOf('tags', ['橋'])],
    sort: { column: 'last_contact', descending: true },
    view: 'v1',
  };
  expect(through(asked)).toEqual(asked);
  expect(through({ ...asked, sort: { column: 'name', descending: false } }).sort).toEqual({
    column: 'name',
    descending: false,
  });
  // A list with a usual filter: that needs no words, and none at all is not forgotten.
  expect(addressValues({ ...asked, criteria: open }, open).filter).toBeNull();
  expect(through({ ...asked, criteria: [] }, open).criteria).toEqual([]);
  expect(askedOf(() => null, open)).toEqual({ search: '', criteria: open, sort: null, view: null });
});

it('does not sort by what no column is called', () => {
  const sorted = (sort: string): Asked['sort'] => askedOf((name) => (name === 'sort' ? sort : null)).sort;
  expect(sorted('name; drop')).toBeNull();
  expect(sorted('--name')).toBeNull();
  expect(sorted('-name')).toEqual({ column: 'name', descending: true });
});
