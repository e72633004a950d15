// Which rows are chosen: a set of ids, so it survives scrolling, sorting and refreshing (UI-23).
// Every function answers a new selection and leaves the old one as it was.

import type { PackedIds } from './packed';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins: the row last ticked without shift. */
  readonly anchor: string | null;
}

export const emptySelection = (): Selection => ({ ids: new Set(), anchor: null });

export const selectOnly = (id: string): Selection => ({ ids: new Set([id]), anchor: id });

export function toggle(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id };
}

/** Adds everything between the anchor and `id`, in the order now shown; without an anchor, `id` alone. */
export function extendTo(selection: Selection, id: string, order: PackedIds): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (to === -1) return selection;
  if (from === -1) return { ids: new Set([...selection.ids, id]), anchor: id };
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set([...selection.ids, ...between]), anchor: selection.anchor };
}

export function add(selection: Selection, more: Iterable<string>): Selection {
  return { ids: new Set([...selection.ids, ...more]), anchor: selection.anchor };
}

export function remove(selection: Selection, less: Iterable<string>): Selection {
  const ids = new Set(selection.ids);
  for (const id of less) ids.delete(id);
  return { ids, anchor: selection.anchor };
}

export const selectAll = (order: PackedIds): Selection => ({ ids: new Set(order), anchor: null });

/** Of the rows shown, all, some or none are chosen. */
export type HeadState = 'all' | 'some' | 'none';

/** The tick in the head. */
export function headState(selection: Selection, shown: readonly string[]): HeadState {
  if (selection.ids.size === 0) return 'none';
  const chosen = shown.filter((id) => selection.ids.has(id)).length;
  if (shown.length > 0 && chosen === shown.length) return 'all';
  return 'some';
}

/** The ids in the order of the list; those it no longer lists come last. */
export function inOrder(selection: Selection, order: PackedIds): string[] {
  const places = new Map([...selection.ids].map((id) => [id, order.indexOf(id)]));
  const place = (id: string): number => {
    const index = places.get(id) ?? -1;
    return index === -1 ? Number.MAX_SAFE_INTEGER : index;
  };
  return [...selection.ids].sort((one, other) => place(one) - place(other));
}

/** How many of the chosen are not in this order. */
export function notAmong(selection: Selection, order: PackedIds): number {
  let missing = 0;
  for (const id of selection.ids) if (order.indexOf(id) === -1) missing += 1;
  return missing;
}

/** Of the chosen those that are in this order. */
export const selectAmong = (selection: Selection, order: PackedIds): Selection => ({
  ids: new Set([...selection.ids].filter((id) => order.indexOf(id) !== -1)),
  anchor: null,
});
