// Licence keys as they are pasted or read from a file (LIC-20): case, spaces and dashes do not matter.

import { WireError } from '$platform';
import type { DeclaredKey, KeyReading, Purpose } from '$wire/types';

/** The most keys that are redeemed at once. */
export const MOST_KEYS = 1_000;
/** The most characters of a file of keys. */
export const MOST_CHARACTERS = 1_000_000;
const SHORTEST = 4;
const LONGEST = 500;
/** The most characters of one of Flotilla's own keys, as they are typed. */
const LONGEST_SIGNED = 8_192;

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

const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
/** The first cell begins with a quotation mark, and the line ends within it. */
const UNCLOSED = /^\s*"(?:[^"]|"")*$/;

/**
 * The keys of a text, one in a line, as they were written: of a file with one column, with or without a head, quoted or
 * not. Of several columns the first counts.
 */
export function keysOf(text: string): string[] {
  const lines = linesOf(text)
    .map((line) => {
      const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
      if (quoted !== null) return (quoted[1] ?? '').replaceAll('""', '"').trim();
      return (line.split(/[,;\t]/, 1)[0] ?? '').trim();
    })
    .filter((line) => line !== '');
  const [first = '', ...rest] = lines;
  return joined(HEAD.test(first) ? rest : lines);
}

/** The text of a file of keys, or why it is none. */
export type KeyFile = { text: string } | { problem: WireError };

/**
 * Reads a file of keys as the core reads one: UTF-8, and quotation marks closed in their line. Anything else would be taken for
 * keys. `cut`: it is longer, and these are its first bytes.
 */
export function keyFile(bytes: ArrayBuffer, cut = false): KeyFile {
  const notText = new WireError({ code: 'licence-key.list-not-text' });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes), { stream: cut });
  } catch {
    return { problem: notText };
  }
  // Other files can be UTF-8 by chance; no text has such characters.
  if (text.includes('\0')) return { problem: notText };
  const open = cut ? -1 : linesOf(text).findIndex((line) => UNCLOSED.test(line));
  return open === -1
    ? { text }
    : { problem: new WireError({ code: 'licence-key.list-quoting', params: { line: open + 1 } }) };
}

/** Whether a text begins as Flotilla's own keys do; look-alikes are forgiven there (LIC-20). */
export const isSigned = (text: string): boolean => /^F[L1I]K/.test(signedText(text));

const signedText = (text: string): string => plainKey(text.normalize('NFKC'));
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** How many characters of one of Flotilla's own keys are still to come; its first group says how long it is. */
function missing(text: string): number {
  const plain = signedText(text);
  const head = plain.slice(3, 8).replace(/O/g, '0').replace(/[IL]/g, '1');
  const bits = [...head].reduce((sum, character) => sum * 32 + Math.max(0, ALPHABET.indexOf(character)), 0);
  if (head.length < 5) return Infinity;
  // A byte for the version, two for the length, and one bit of what follows.
  const bytes = Math.floor(bits / 2) % 65_536;
  const data = Math.ceil((bytes * 8) / 5);
  return 3 + data + Math.ceil(data / 7) - plain.length;
}

/** A mail program breaks a long key: lines that go on with one of Flotilla's own are put together with it. */
function joined(lines: readonly string[]): string[] {
  const keys: string[] = [];
  for (const line of lines) {
    const last = keys.at(-1);
    const part = signedText(line);
    const goesOn = last !== undefined && isSigned(last) && !isSigned(line) && /^[0-9A-Z]+$/.test(part);
    if (goesOn && part.length <= missing(last)) keys[keys.length - 1] = `${last} ${line}`;
    else keys.push(line);
  }
  return keys;
}
/** A head over the column, in one of our languages. */
const HEAD = /^(licen[cs]e[ _-]?)?keys?$|^cl[eé]s?( de licence)?$|^(ライセンス)?キー$/i;

/** Whether a text can be a key at all. */
export function isKey(text: string): boolean {
  const signed = isSigned(text);
  const plain = signed ? signedText(text) : plainKey(text);
  const longest = signed ? LONGEST_SIGNED : LONGEST;
  // A quotation mark that was never closed is what is left of a table.
  return !UNCLOSED.test(text) && plain.length >= SHORTEST && text.length <= longest && /^[!-~]+$/.test(plain);
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

/** What the core said of each key, of those that it was asked about; a key that stands twice was answered twice. */
export function readingsFor(
  keys: readonly string[],
  asked: readonly string[],
  answers: readonly KeyReading[] | undefined,
): (KeyReading | undefined)[] {
  const left = asked.map((key, place) => ({ key, answer: answers?.[place] }));
  return keys.map((key) => {
    const place = left.findIndex((one) => one.key === key);
    return place < 0 ? undefined : left.splice(place, 1)[0]?.answer;
  });
}

/** A key that was not redeemed with the others, and why. */
export interface LeftOutKey {
  key: string;
  masked: string;
  why: string;
}

/** Those that may be redeemed once they are corrected: the same key a second time is none. */
export function correctable(left: readonly LeftOutKey[], redeemed: readonly string[]): string[] {
  const gone = new Set(redeemed.map(plainKey));
  return left.map(({ key }) => key).filter((key) => !gone.has(plainKey(key)));
}
