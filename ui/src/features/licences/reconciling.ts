// What the vendor shows, held against the book of a product (LIC-66).

import { t } from '$shared/i18n';
import type { BookDifference, ProductTerms, ShownLine } from '$wire/types';
import { problemsOf, type OpeningRow, type RowProblem } from './opening';

/** The columns that a file of the vendor's needs; key, order, redeemed, wallet and the years are compared where they are there. */
export const NEEDED = ['type', 'term'] as const;

/** What keeps a line from being compared; the words are `licences-opening-<problem>`. */
export const shownProblems = (row: OpeningRow, terms: ProductTerms, today: string): RowProblem[] =>
  // A day that is not told, and a number that is, are both fine.
  problemsOf({ ...row, redeemed: row.redeemed ?? today }, terms, today).filter((problem) => problem !== 'nothing');

/** What the core is asked: an empty cell tells nothing, a 0 does. */
export const shownLine = (row: OpeningRow): ShownLine => ({
  key: row.key.trim(),
  licence_type: row.licence_type,
  term: row.term,
  order: row.order.trim(),
  redeemed: row.redeemed,
  wallet: row.wallet,
  years: Object.entries(row.years).flatMap(([year, quantity]) =>
    quantity === null ? [] : [{ year: Number(year), quantity }],
  ),
});

/** The same difference has the same name. */
export const differenceId = (difference: BookDifference): string =>
  JSON.stringify([difference.key, difference.licence_type, difference.term, difference.year]);

/** What settling a difference does to the book. */
export const settled = ({ here, shown }: BookDifference): string =>
  shown > here ? t('licences-reconcile-more') : t('licences-reconcile-less');
