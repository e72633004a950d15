// What the palette offers, in groups (UI-03). Pure, so that the order can be tested.

import type { IconType } from '$shared/components';

export interface Entry {
  id: string;
  label: string;
  note?: string;
  icon?: IconType;
  /** Where it leads; an action runs instead. */
  address?: string;
  run?: () => void;
}
export interface Group {
  title: string;
  entries: Entry[];
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Words in any order, case and accents aside. */
export function matches(text: string, wanted: string): boolean {
  const folded = fold(text);
  return fold(wanted)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** The parts of a text, those that were searched marked, for bold print. */
export function marked(text: string, wanted: string): { part: string; hit: boolean }[] {
  const word = wanted.trim().split(/\s+/)[0] ?? '';
  // Folding may change the length of a text; then nothing is marked rather than the wrong letters.
  const folded = fold(text);
  const at = word === '' || folded.length !== text.length ? -1 : folded.indexOf(fold(word));
  if (at === -1) return [{ part: text, hit: false }];
  return [
    { part: text.slice(0, at), hit: false },
    { part: text.slice(at, at + word.length), hit: true },
    { part: text.slice(at + word.length), hit: false },
  ].filter((one) => one.part !== '');
}

export const narrow = (groups: Group[], wanted: string): Group[] =>
  groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => matches(entry.label, wanted)) }))
    .filter((group) => group.entries.length > 0);
