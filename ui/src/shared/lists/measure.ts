// How wide heads and cells are by themselves, measured at rows that are drawn (UI-24).

import type { Needs } from './layouts';
import type { ShownColumn } from './beside.svelte';
import { tagsWide } from './tag-width';

/** So many cells of a column are kept: what one searched for does not decide alone. */
const KEPT = 120;
/** A cell in which nothing stands is no wider: of a column that few rows fill these few count. */
const EMPTY = 14;
/** At both ends of a cell of tags. */
const ENDS = 16;

/** The tags in the cells of a column; null: a page draws something else in it, in a way of its own. */
export function tagsIn(values: readonly unknown[]): readonly (readonly string[])[] | null {
  const cells = values.map((value) => value ?? []);
  const areTags = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((tag) => typeof tag === 'string');
  return cells.every(areTags) ? cells : null;
}

/**
 * The tracks are taken away for a moment, so that each head and each cell is as wide as its content; nothing is painted meanwhile.
 * Of a column of tags the cells show as many as fit: `tagsOf` tells all of each row.
 * Null: nothing is laid out.
 */
export function measureNeeds(
  body: HTMLElement,
  shown: readonly ShownColumn[],
  selectable: boolean,
  tagsOf: (column: string) => readonly (readonly string[])[] | null,
  before: Needs,
): Needs | null {
  const scrolled = body.scrollLeft;
  body.style.setProperty('--cols', `repeat(${shown.length + (selectable ? 1 : 0)}, max-content)`);
  const first = selectable ? 1 : 0;
  const wide = (element: Element | undefined): number => element?.getBoundingClientRect().width ?? 0;
  const heads = [...(body.querySelector('.list-head')?.children ?? [])];
  const rows = [...body.querySelectorAll('.rows > .row:not(.gone, .waiting)')];
  const needs: Record<string, Needs[string]> = { ...before };
  for (const [index, column] of shown.entries()) {
    // What another question fills may come later than its row.
    if (column.beside === true) continue;
    const tags = column.kind === 'tags' ? tagsOf(column.name) : null;
    const cells =
      tags?.flatMap((some) => tagsWide(some).map((width) => width + ENDS)) ??
      rows.map((row) => wide(row.children[index + first]));
    needs[column.name] = {
      head: wide(heads[index + first]),
      cells: [...cells.filter((width) => width > EMPTY), ...(before[column.name]?.cells ?? [])].slice(0, KEPT),
    };
  }
  body.style.removeProperty('--cols');
  if (body.scrollLeft !== scrolled) body.scrollLeft = scrolled;
  return heads.length === 0 || wide(heads[first]) === 0 ? null : needs;
}
