// What the vendor shows, held against the book of a product (LIC-66).

import { t } from '$shared/i18n';
import type { BookDifference, ShownLine } from '$wire/types';
import { lineWords, type BalanceFile } from './balance-file';
import type { OpeningRow } from './opening';

/** The columns that a file of the vendor's needs; key, order, redeemed, wallet and the years are compared where they are there. */
export const NEEDED = ['type', 'term'] as const;

/** A key without what does not matter, as the core compares it. */
const plain = (key: string): string =>
  key
    .normalize('NFKC')
    .replace(/[\s\-\u2010-\u2014\u200b]/g, '')
    .toUpperCase();

/**
 * What keeps lines from being compared besides what is wrong with the file itself: one that tells no number, and keys that are
 * different and end alike: the books keep the last four characters only.
 */
export function unclear(rows: BalanceFile['rows']): string[] {
  const byEnding = new Map<string, string>();
  return rows.flatMap(({ line, row }) => {
    const found: string[] = [];
    if (row.wallet === null && Object.values(row.years).every((number) => number === null))
      found.push(lineWords(line, t('licences-balance-nothing')));
    const key = plain(row.key);
    const ending = JSON.stringify([key.slice(-4), row.licence_type, row.term]);
    const before = byEnding.get(ending);
    if (key !== '' && before !== undefined && before !== key) found.push(lineWords(line, t('licences-balance-alike')));
    byEnding.set(ending, key);
    return found;
  });
}

/** What the core is asked: an empty cell tells nothing, a 0 does; of a year that is over nothing is compared. `present`: the year now. */
export const shownLine = (row: OpeningRow, present: number): ShownLine => ({
  key: row.key.trim(),
  licence_type: row.licence_type,
  term: row.term,
  order: row.order.trim(),
  redeemed: row.redeemed,
  wallet: row.wallet,
  years: Object.entries(row.years).flatMap(([year, quantity]) =>
    quantity === null || Number(year) + row.term <= present ? [] : [{ year: Number(year), quantity }],
  ),
});

/** The same difference has the same name. */
export const differenceId = (difference: BookDifference): string =>
  JSON.stringify([difference.key, difference.licence_type, difference.term, difference.year]);

/** What resolving a difference does to the book. */
export const resolved = ({ here, shown }: BookDifference): string =>
  shown > here ? t('licences-reconcile-more') : t('licences-reconcile-less');
