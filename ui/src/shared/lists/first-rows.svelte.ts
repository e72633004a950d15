// The first few rows of a list, for a page that shows them beside something else: ids and a window, as the list itself (UI-27).

import { untrack } from 'svelte';
import { WireError } from '$platform';
import type { ListName, ListQuery } from '$wire/types';
import { listSource, type Rows } from './source';

/** Changes gather so long before the rows are asked again. */
const AGAIN_AFTER = 1500;

export interface FirstRows<Row> {
  readonly rows: readonly Row[];
  /** How many rows match; null: not known yet. */
  readonly total: number | null;
  readonly error: WireError | null;
  retry(): void;
}

/**
 * `query`: which rows, in which order; null: none are asked for. Call it while the component is made; it follows what it reads
 * and the list's changes.
 */
export function firstRows<List extends ListName>(
  list: List,
  query: () => ListQuery | null,
  most: () => number,
): FirstRows<Rows[List]> {
  const source = listSource(list);
  let found = $state.raw<{ rows: Rows[List][]; total: number | null }>({ rows: [], total: null });
  let error = $state.raw<WireError | null>(null);
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    turn += 1;
    const mine = turn;
    const wanted = query();
    if (wanted === null) {
      found = { rows: [], total: null };
      return;
    }
    try {
      const ids = await source.index(wanted);
      const rows = ids.length === 0 ? [] : await source.window(ids.slice(0, most()));
      if (mine !== turn) return;
      found = { rows, total: ids.length };
      error = null;
    } catch (thrown) {
      if (mine === turn) error = WireError.from(thrown);
    }
  }

  const asked = $derived(JSON.stringify([query(), most()]));
  $effect(() => {
    void asked;
    untrack(() => void ask());
  });
  $effect(() => {
    const stop = source.onChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask();
      }, AGAIN_AFTER);
    });
    return () => {
      stop();
      clearTimeout(timer);
      // What is under way is nobody's any more.
      turn += 1;
    };
  });

  return {
    get rows() {
      return found.rows;
    },
    get total() {
      return found.total;
    },
    get error() {
      return error;
    },
    retry: () => void ask(),
  };
}
