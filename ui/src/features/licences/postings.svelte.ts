// The postings that a number is made of (LIC-60).

import { createQuery, type CreateQueryResult } from '@tanstack/svelte-query';
import type { WireError } from '$platform';
import { call, queryClient } from '$shared/data.svelte';
import type { PostingRow } from '$wire/types';
import { yearAccount } from './account-words';

/** The core answers at most so many of an account, the newest. */
export const MOST_POSTINGS = 500;
/** The longest term of a licence, in years. */
const LONGEST_TERM = 5;

/** The year of an account of allocations; null: it is another account. */
export function yearOf(account: string): number | null {
  const found = /^year:(\d+)$/.exec(account);
  return found === null ? null : Number(found[1]);
}

/**
 * The accounts whose postings can be part of a number. A licence of several years stands in the account of its first year
 * and occupies the following ones, too (LIC-24).
 */
export function accountsOf(account: string): string[] {
  const year = yearOf(account);
  if (year === null) return [account];
  const first = Math.max(0, year - LONGEST_TERM + 1);
  return Array.from({ length: year - first + 1 }, (_, place) => yearAccount(first + place));
}

/** Whether a posting counts: of years those whose licences occupy the year; licences and licence-days are never counted together. */
export function counts(row: PostingRow, account: string): boolean {
  if ((row.term === null) !== (account === 'residual')) return false;
  const year = yearOf(account);
  const first = yearOf(row.account);
  if (year === null || first === null) return true;
  return first <= year && year < first + (row.term ?? 0);
}

export interface Postings {
  /** Newest first. */
  rows: PostingRow[];
  /** Older ones are left out: what they come to is not the number. */
  cut: boolean;
}

export function usePostings(
  of: () => { organization: string; product: string; account: string; licence_type: string | null; lot: string | null },
): CreateQueryResult<Postings, WireError> {
  return createQuery<Postings, WireError>(
    () => ({
      queryKey: ['licences.postings.of', of()],
      queryFn: async () => {
        const { account, ...rest } = of();
        const answers = await Promise.all(
          accountsOf(account).map((one) => call('licences.postings', { ...rest, account: one, entry: null })),
        );
        return {
          rows: answers
            .flat()
            .filter((row) => counts(row, account))
            .sort((left, right) => right.number - left.number),
          cut: answers.some((rows) => rows.length >= MOST_POSTINGS),
        };
      },
      meta: { features: ['licences'] },
    }),
    () => queryClient,
  );
}
