// The addresses of the pages of licences.

import { anyOf, filterText } from '$shared/lists';
import { href } from '$shared/router.svelte';
import type { Criterion } from '$wire/types';

/** The parts of a product's page, in the manuals' order (LIC-03). */
export const TABS = ['overview', 'licensing', 'wallet', 'systems', 'history'] as const;
export type Tab = (typeof TABS)[number];

/** What can be done on a product's page; it stands in the address as `do`. */
export const ACTS = [
  'register',
  'trial',
  'start',
  'allocate',
  'transfer',
  'recall',
  'need',
  'system',
  'upgrade',
  'end',
  'reverse',
  'attest',
  'lapse',
  'hardware',
  'hardware-remove',
] as const;
export type ActName = (typeof ACTS)[number];

export const isTab = (text: string | undefined): text is Tab =>
  (TABS as readonly (string | undefined)[]).includes(text);
export const isAct = (text: string | null): text is ActName => (ACTS as readonly (string | null)[]).includes(text);

/** An organization's product list. */
export const organizationPath = (organization: string): string => `/licences/of/${organization}`;

/** A product of an organization, by one of its parts, or the page where keys are redeemed, balances entered, the vendor's
 * numbers compared, or system files taken. */
export const productPath = (
  organization: string,
  product: string,
  part: Tab | 'redeem' | 'open' | 'reconcile' | 'file' = 'overview',
): string => `${organizationPath(organization)}/${encodeURIComponent(product)}/${part}`;

const DAY = 86_400_000;

/** The day as a number of days, as lists count dates. */
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);

/** The day that lies so many days after another. */
export const dayAfter = (iso: string, days: number): string =>
  new Date((dayNumber(iso) + days) * DAY).toISOString().slice(0, 10);

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The same day so many years later, as the core counts it: what would be 29 February in a year without one is the 28th. */
export function laterByYears(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) + years;
  const day = iso.slice(4) === '-02-29' && !isLeap(year) ? '-02-28' : iso.slice(4);
  return `${String(year).padStart(4, '0')}${day}`;
}

/**
 * How many days are left to a last day, today and that day among them, as the core counts the last days of a grace period and of
 * a shelf life: 1 on the day itself, 0 on the next one. Every number of days to an end is counted by this.
 */
export const daysLeft = (today: string, lastDay: string): number => dayNumber(lastDay) - dayNumber(today) + 1;

/** The last of so many days, of which today is the first: what ends by then has at most so many days left. */
export const lastOfDays = (today: string, days: number): string => dayAfter(today, days - 1);

/** The last day on which licences of a lot can be allocated; its shelf-life end is the first on which they cannot (LIC-22). */
export const lastShelfDay = (shelfEnd: string): string => dayAfter(shelfEnd, -1);

/** A column between two days, both included. */
export const between = (column: string, from: string | null, to: string | null): Criterion => ({
  column,
  test: { kind: 'range', from: from === null ? null : dayNumber(from), to: to === null ? null : dayNumber(to) },
});

/** Entries of the calendar that ask for something: the next year is not fully allocated (LIC-75). */
export const NOT_QUIET: Criterion = { column: 'quiet', test: { kind: 'yes_no', value: false } };

/** What ends within so many days, one click away. */
export const endingsWithin = (today: string, days: number): string =>
  href('/licences/endings', { filter: filterText([between('date', today, lastOfDays(today, days)), NOT_QUIET]) });

/** The history of one product, of one kind of entry or of all. */
export const ofProduct = (product: string, kinds: readonly string[] = []): Criterion[] => [
  anyOf('product_id', [product]),
  ...(kinds.length === 0 ? [] : [anyOf('kind', kinds)]),
];
