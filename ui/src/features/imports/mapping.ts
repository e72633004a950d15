// Which column of a file is which (CUS-26). Pure.

import type { ImportColumn, ImportColumnName, ImportGap } from '$wire/types';

/** What is proposed: what is known, and while nobody has decided anything what the names seem to say, each once. */
export function chosenAtFirst(columns: readonly ImportColumn[], undecided: boolean): (ImportColumnName | null)[] {
  const known = new Set(columns.map((column) => column.column));
  return columns.map(({ column, guess }) => {
    if (column !== null || !undecided || guess === null || known.has(guess)) return column;
    known.add(guess);
    return guess;
  });
}

/** A column is this from now on, and no other one is. */
export function assign(
  chosen: readonly (ImportColumnName | null)[],
  place: number,
  name: ImportColumnName | null,
): (ImportColumnName | null)[] {
  return chosen.map((before, at) => (at === place ? name : before === name ? null : before));
}

/** What no column is, and nothing said for all rows can stand for. */
export const missingColumns = (
  chosen: readonly (ImportColumnName | null)[],
  needed: readonly ImportColumnName[],
): ImportColumnName[] => needed.filter((name) => !chosen.includes(name));

/** What rows cannot be stored without; a missing port is the usual one. */
export const isNeeded = (gap: ImportGap): boolean => gap.column !== 'port' && gap.value === null;
