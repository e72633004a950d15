// Licence keys as they are pasted or read from a file (LIC-20): case, spaces and dashes do not matter.

import type { DeclaredKey, Purpose } from '$wire/types';

/** The most keys that are redeemed at once. */
export const MOST_KEYS = 1_000;
/** The most characters of a file of keys. */
export const MOST_CHARACTERS = 1_000_000;
const SHORTEST = 4;
const LONGEST = 500;

/** What a person states of a key. */
export interface KeyRow {
  key: string;
  licence_type: string;
  purpose: Purpose;
  term: number;
  quantity: number | null;
  order: string;
}

/** What is wrong with a row, by the field it stands under; the words are `licences-key-<problem>`. */
export interface KeyProblems {
  key?: 'unreadable' | 'twice' | 'redeemed';
  quantity?: 'quantity';
}

/** As the core compares keys. */
export const plainKey = (text: string): string => text.replace(/[\s\-‐‑–—]/g, '').toUpperCase();

/** The last characters of a key, at most half of it: a key is never shown whole. */
export function maskedKey(text: string): string {
  const plain = plainKey(text);
  const shown = Math.min(4, Math.floor(plain.length / 2));
  return plain === '' ? '' : `••••-${plain.slice(plain.length - shown)}`;
}

/**
 * The keys of a text, one in a line, as they were written: of a file with one column, with or without a head, quoted or
 * not. Of several columns the first counts.
 */
export function keysOf(text: string): string[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => {
      const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
      if (quoted !== null) return (quoted[1] ?? '').replaceAll('""', '"').trim();
      return (line.split(/[,;\t]/, 1)[0] ?? '').trim();
    })
    .filter((line) => line !== '');
  const [first = '', ...rest] = lines;
  return HEAD.test(first) ? rest : lines;
}
/** A head over the column, in one of our languages. */
const HEAD = /^(licen[cs]e[ _-]?)?keys?$|^cl[eé]s?( de licence)?$|^(ライセンス)?キー$/i;

/** Whether a text can be a key at all. */
export function isKey(text: string): boolean {
  const plain = plainKey(text);
  return plain.length >= SHORTEST && text.length <= LONGEST && /^[!-~]+$/.test(plain);
}

/** What is wrong with each row, all at once. */
export function problemsOf(rows: readonly KeyRow[]): KeyProblems[] {
  const places = new Map<string, number>();
  return rows.map((row, place) => {
    const plain = plainKey(row.key);
    const first = places.get(plain);
    if (first === undefined) places.set(plain, place);
    const problems: KeyProblems = {};
    if (!isKey(row.key)) problems.key = 'unreadable';
    else if (first !== undefined) problems.key = 'twice';
    if (row.quantity === null || !Number.isInteger(row.quantity) || row.quantity < 1) problems.quantity = 'quantity';
    return problems;
  });
}

export const isRight = ({ key, quantity }: KeyProblems): boolean => key === undefined && quantity === undefined;

/** What the core is asked. */
export const declared = (row: KeyRow): DeclaredKey => ({
  ...row,
  key: row.key.trim(),
  order: row.order.trim(),
  term: row.purpose === 'subscription' ? row.term : 0,
  quantity: row.quantity ?? 0,
});

/** What was stated of single keys, by their plain form. */
export type Edits = Readonly<Record<string, Partial<Omit<KeyRow, 'key'>>>>;

/** A row for each key: what holds for all of them, but for what was stated of it alone. */
export const rowsFor = (keys: readonly string[], usual: Omit<KeyRow, 'key'>, edits: Edits): KeyRow[] =>
  keys.map((key) => ({ ...usual, ...edits[plainKey(key)], key }));

/** Something was stated of one key; it stays with it when others come or go. */
export const edited = (edits: Edits, key: string, change: Partial<Omit<KeyRow, 'key'>>): Edits => ({
  ...edits,
  [plainKey(key)]: { ...edits[plainKey(key)], ...change },
});
