// A filter in an address: a number on one page leads to the list filtered to exactly what was counted (DSH-03).

import type { Criterion } from '$wire/types';

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

function isCriterion(value: unknown): value is Criterion {
  if (typeof value !== 'object' || value === null) return false;
  const { column, test } = value as { column?: unknown; test?: { kind?: unknown } | null };
  return typeof column === 'string' && typeof test === 'object' && test !== null && typeof test.kind === 'string';
}
