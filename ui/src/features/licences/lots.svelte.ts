// The lots of one product of an organization, all at once: a wallet is short.

import { createQuery, type CreateQueryResult } from '@tanstack/svelte-query';
import type { WireError } from '$platform';
import { queryClient } from '$shared/data.svelte';
import { anyOf, listSource } from '$shared/lists';
import type { LotRow } from '$wire/types';

/** More lots than this of one product are looked at in the list of all wallets. */
export const MOST_LOTS = 200;

export interface Lots {
  rows: LotRow[];
  /** How many there are in all. */
  total: number;
}

/** The lots, those that can be used first, in the order in which they are used (LIC-23). */
export function useLots(of: () => { organization: string; product: string }): CreateQueryResult<Lots, WireError> {
  const source = listSource('licence_lots');
  return createQuery<Lots, WireError>(
    () => ({
      queryKey: ['licence_lots.of', of()],
      queryFn: async () => {
        const { organization, product } = of();
        const ids = await source.index({
          organization,
          search: '',
          criteria: [anyOf('product_id', [product])],
          sort: null,
        });
        const rows = await source.window(ids.slice(0, MOST_LOTS));
        const order = new Map(rows.map((row) => [row.id, row]));
        return {
          rows: ids.slice(0, MOST_LOTS).flatMap((id) => order.get(id) ?? []),
          total: ids.length,
        };
      },
      meta: { features: ['licences'] },
    }),
    () => queryClient,
  );
}
