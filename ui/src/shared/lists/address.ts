// A list in an address: a number on one page leads to the list filtered to exactly what was counted (DSH-03), and what
// somebody filters, searches and sorts is still there after back, after a reload, and for whoever is sent the link.

import type { Criterion, ListQuery, Sort } from '$wire/types';

/** What an address says of a list. */
export interface Asked extends Pick<ListQuery, 'search' | 'criteria' | 'sort'> {
  /** The saved view that was chosen. */
  view: string | null;
}

/** The values of an address that are a list's. */
export interface AddressValues extends Record<string, string | null> {
  filter: string | null;
  search: string | null;
  sort: string | null;
  view: string | null;
}

/** The filter as a value of the address, under the name `filter`. */
export function filterText(criteria: readonly Criterion[]): string | null {
  return criteria.length === 0 ? null : JSON.stringify(criteria);
}

/** One column that is one of these values. */
export function anyOf(column: string, values: readonly string[]): Criterion {
  return { column, test: { kind: 'any_of', values: [...values] } };
}

/** The criteria of an address; what is not one of ours is left out. */
export function filterOf(text: string | null): Criterion[] {
  if (text === null || text === '') return [];
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) ? found.filter(isCriterion) : [];
  } catch {
    return [];
  }
}

/** An order as a value of the address, under the name `sort`: a column, after a minus where its highest value comes first. */
export function sortText(sort: Sort | null): string | null {
  return sort === null ? null : `${sort.descending ? '-' : ''}${sort.column}`;
}

/** The order of an address; null for what is none. */
export function sortOf(text: string | null): Sort | null {
  if (text === null || !/^-?[a-z_]+$/.test(text)) return null;
  return { column: text.replace(/^-/, ''), descending: text.startsWith('-') };
}

/** What an address asks for. `usual` is the filter of a list whose address names none. */
export function askedOf(value: (name: string) => string | null, usual: readonly Criterion[] = []): Asked {
  const filter = value('filter');
  return {
    search: value('search') ?? '',
    criteria: filter === null ? [...usual] : filterOf(filter),
    sort: sortOf(value('sort')),
    view: value('view'),
  };
}

/** The other way: what the address has to say; the usual filter needs no words, none at all does. */
export function addressValues(asked: Asked, usual: readonly Criterion[] = []): AddressValues {
  const isUsual = JSON.stringify(asked.criteria) === JSON.stringify(usual);
  return {
    filter: isUsual ? null : (filterText(asked.criteria) ?? '[]'),
    search: asked.search === '' ? null : asked.search,
    sort: sortText(asked.sort),
    view: asked.view,
  };
}

function isCriterion(value: unknown): value is Criterion {
  if (typeof value !== 'object' || value === null) return false;
  const { column, test } = value as { column?: unknown; test?: { kind?: unknown } | null };
  return typeof column === 'string' && typeof test === 'object' && test !== null && typeof test.kind === 'string';
}
