// Opening balances (LIC-64): a subscription that already runs at the vendor, as it stands there.

import type { OpeningLine, ProductTerms } from '$wire/types';

/** The most lots of one opening balance. */
export const MOST_LINES = 1_000;

/** A lot as it is filled in. */
export interface OpeningRow {
  key: string;
  licence_type: string;
  term: number;
  order: string;
  redeemed: string | null;
  wallet: number | null;
  /** How many are allocated, by the year they begin in, counted from the start. */
  years: Record<number, number | null>;
}

export const emptyRow = (terms: ProductTerms): OpeningRow => ({
  key: '',
  licence_type: terms.types[0]?.licence_type ?? '',
  term: terms.terms[0] ?? 1,
  order: '',
  redeemed: null,
  wallet: null,
  years: {},
});

/** A day so many years later; 29 February becomes 28 February in common years (LIC-10). */
export function anniversary(start: string, years: number): string {
  const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
  const last = new Date(Date.UTC(year + years, month, 0)).getUTCDate();
  return new Date(Date.UTC(year + years, month - 1, Math.min(day, last))).toISOString().slice(0, 10);
}

/** The years from the start up to the last that can be allocated to (LIC-12), each with its first day. */
export function yearsFrom(start: string, today: string, ahead: number): { year: number; from: string }[] {
  const limit = anniversary(today, ahead);
  const years: { year: number; from: string }[] = [];
  for (let year = 0; year < 60; year += 1) {
    const from = anniversary(start, year);
    if (from > limit) break;
    years.push({ year, from });
  }
  return years;
}

/** A calendar day as it is kept: *2026-02-13*, and one there is. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export type RowProblem = 'date' | 'future' | 'number' | 'nothing' | 'type' | 'term';

const whole = (value: number | null | undefined): boolean =>
  value === null || value === undefined || (Number.isInteger(value) && value >= 0);

/** What is wrong with a lot; the words are `licences-opening-<problem>`. */
export function problemsOf(row: OpeningRow, terms: ProductTerms, today: string): RowProblem[] {
  const numbers = [row.wallet, ...Object.values(row.years)];
  const problems: RowProblem[] = [];
  if (!terms.types.some(({ licence_type }) => licence_type === row.licence_type)) problems.push('type');
  if (!terms.terms.includes(row.term)) problems.push('term');
  if (row.redeemed === null || !isDay(row.redeemed)) problems.push('date');
  else if (row.redeemed > today) problems.push('future');
  if (!numbers.every(whole)) problems.push('number');
  else if (numbers.every((value) => (value ?? 0) === 0)) problems.push('nothing');
  return problems;
}

/** What the core is asked. */
export const lineOf = (row: OpeningRow): OpeningLine => ({
  key: row.key.trim(),
  licence_type: row.licence_type,
  term: row.term,
  order: row.order.trim(),
  redeemed: row.redeemed ?? '',
  wallet: row.wallet ?? 0,
  years: Object.entries(row.years)
    .map(([year, quantity]) => ({ year: Number(year), quantity: quantity ?? 0 }))
    .filter(({ quantity }) => quantity > 0),
});

/** The head of the file, in its order; after it a column for each year, named by its number from 0. */
export const COLUMNS = ['key', 'type', 'term', 'order', 'redeemed', 'wallet'] as const;

/** The columns that an opening balance cannot do without. */
export const NEEDED = ['type', 'term', 'redeemed'] as const;
