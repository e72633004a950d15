// Files with lots: opening balances (LIC-64), and what the vendor shows (LIC-66). Nothing of a file is left out in silence.

import { format, t } from '$shared/i18n';
import type { ProductTerms } from '$wire/types';
import { COLUMNS, isDay, type OpeningRow } from './opening';

/** The core takes texts up to so many characters, and numbers up to so many licences. */
const LONGEST_TEXT = 254;
const MOST_LICENCES = 1_000_000;
const SEPARATORS = [';', '\t', ','] as const;

/** What is wrong with a line of the file; the words are `licences-balance-<problem>`. */
export type LineProblem = 'quote' | 'cells' | 'type' | 'term' | 'day' | 'number' | 'text';

export interface FileProblem {
  /** The line of the file, from 1. */
  line: number;
  problem: LineProblem;
}

/** What is wrong with the head; the words are `licences-balance-head-<problem>`. */
export interface HeadProblem {
  problem: 'missing' | 'unknown' | 'twice';
  columns: readonly string[];
}

export interface BalanceFile {
  head: HeadProblem | null;
  problems: readonly FileProblem[];
  rows: readonly { line: number; row: OpeningRow }[];
}

interface FileRecord {
  line: number;
  cells: string[];
  /** A quotation mark was never closed. */
  open: boolean;
}

/** The text of a file: UTF-8 or UTF-16 as it says of itself, else as older programs write it. */
export function decoded(bytes: ArrayBuffer): string {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The records of a text by RFC 4180: a quoted cell may hold separators, line breaks and doubled quotation marks. */
function recordsOf(text: string, separator: string): FileRecord[] {
  const records: FileRecord[] = [];
  let [line, start, place] = [1, 1, 0];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    cells.push(cell.trim());
    cell = '';
  };
  const endRecord = (): void => {
    endCell();
    if (cells.some((text) => text !== '')) records.push({ line: start, cells, open: quoted });
    cells = [];
  };
  while (place < text.length) {
    const character = text[place] ?? '';
    place += 1;
    if (character === '\n' || (character === '\r' && text[place] !== '\n')) line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[place] === '"') {
        cell += '"';
        place += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (character === separator) endCell();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[place] === '\n') continue;
      endRecord();
      start = line;
    } else cell += character;
  }
  endRecord();
  return records;
}

/** A column by the name it has in the file: of a year its number alone. */
const columnOf = (name: string): string => {
  const plain = name.toLowerCase();
  return /^\d{1,3}$/.test(plain) ? String(Number(plain)) : plain;
};

/** A whole number as it is written in tables, with or without spaces between thousands; none: an empty cell. */
function numberOf(text: string): number | null {
  if (text === '') return null;
  if (!/^(\d{1,7}|\d{1,3}([ \u00a0\u2009\u202f]\d{3})+)$/.test(text)) return Number.NaN;
  return Number(text.replace(/\D/g, ''));
}

/**
 * Reads a file with lots. `needed`: the columns it cannot do without; `lastYear`: the last year that can be allocated to, counted
 * from 0 at the start, which a column may be for; null: every year.
 */
export function readBalances(
  text: string,
  terms: ProductTerms,
  needed: readonly string[],
  lastYear: number | null,
): BalanceFile {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(text);
  const body = declared === null ? text.replace(/^\uFEFF/, '') : text.slice(declared[0].length);
  const read = (separator: string): FileRecord[] => recordsOf(body, separator);
  const fits = (records: FileRecord[]): boolean => {
    const names = (records[0]?.cells ?? []).map(columnOf);
    return needed.every((name) => names.includes(name));
  };
  const separator = declared?.[1] ?? SEPARATORS.find((one) => fits(read(one))) ?? ',';
  // A line that says what separates is one, too.
  const before = declared === null ? 0 : 1;
  const [head, ...records] = read(separator).map((record) => ({ ...record, line: record.line + before }));
  const names = (head?.cells ?? []).map(columnOf);
  while (names.at(-1) === '') names.pop();
  const nothing = { problems: [], rows: [] };
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) return { ...nothing, head: { problem: 'missing', columns: missing } };
  const isYear = (name: string): boolean => /^\d{1,3}$/.test(name) && (lastYear === null || Number(name) <= lastYear);
  const unknown = names.filter((name) => !isYear(name) && !(COLUMNS as readonly string[]).includes(name));
  if (unknown.length > 0) return { ...nothing, head: { problem: 'unknown', columns: unknown } };
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (twice.length > 0) return { ...nothing, head: { problem: 'twice', columns: twice } };

  const problems: FileProblem[] = [];
  const rows = records.flatMap(({ line, cells, open }) => {
    const wrong = (problem: LineProblem): void => void problems.push({ line, problem });
    if (open) wrong('quote');
    else if (cells.slice(names.length).some((cell) => cell !== '')) wrong('cells');
    if (problems.at(-1)?.line === line) return [];
    const value = (name: string): string => cells[names.indexOf(name)] ?? '';
    const written = value('type').toLowerCase();
    const type = terms.types.find(
      ({ licence_type, name }) => licence_type.toLowerCase() === written || name.toLowerCase() === written,
    );
    const term = numberOf(value('term'));
    const years = names.filter(isYear);
    const numbers = [value('wallet'), ...years.map(value)].map(numberOf);
    const texts = [value('key'), value('order')];
    if (type === undefined) wrong('type');
    if (term === null || !terms.terms.includes(term)) wrong('term');
    if (value('redeemed') !== '' && !isDay(value('redeemed'))) wrong('day');
    if (!numbers.every((number) => number === null || number <= MOST_LICENCES)) wrong('number');
    // eslint-disable-next-line no-control-regex -- These are what is looked for.
    if (texts.some((text) => text.length > LONGEST_TEXT || /[\u0000-\u001f\u007f]/.test(text))) wrong('text');
    const row: OpeningRow = {
      key: value('key'),
      licence_type: type?.licence_type ?? value('type'),
      term: term ?? Number.NaN,
      order: value('order'),
      redeemed: value('redeemed') === '' ? null : value('redeemed'),
      wallet: numberOf(value('wallet')),
      years: Object.fromEntries(years.map((name) => [Number(name), numberOf(value(name))])),
    };
    return [{ line, row }];
  });
  return { head: null, problems, rows };
}

/** What is wrong with a file, in words; empty: nothing. */
export const problemsIn = ({ head, problems }: Pick<BalanceFile, 'head' | 'problems'>): string[] =>
  head !== null
    ? [t(`licences-balance-head-${head.problem}`, { columns: format.list(head.columns) })]
    : problems.map(({ line, problem }) => lineWords(line, t(`licences-balance-${problem}`)));

/** *Line 3: …* */
export const lineWords = (line: number, problem: string): string =>
  t('licences-balance-line', { line: format.number(line), problem });

/** So many of them are named at once. */
const NAMED = 5;

/** The first of what is wrong, in one text, and that there is more. */
export const firstOf = (problems: readonly string[]): string =>
  [...problems.slice(0, NAMED), ...(problems.length > NAMED ? ['…'] : [])].join(' ');
