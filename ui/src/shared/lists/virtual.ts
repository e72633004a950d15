// Which rows exist. Pure geometry: the rows in view and a few beside them, never the fleet (UI-27).

/** Browsers end an element at some 33 million pixels; beyond it rows could not be reached. */
export const MAX_PIXELS = 32_000_000;

/** Rows drawn above and below those in view. */
export const BESIDE = 8;

export interface View {
  start: number;
  /** Without it. */
  end: number;
}

export const maxRows = (rowHeight: number): number => Math.floor(MAX_PIXELS / rowHeight);

/** As many at any place, so that scrolling makes and removes none. */
export const rowsDrawn = (height: number, rowHeight: number, beside = BESIDE): number =>
  Math.ceil(Math.max(height, rowHeight) / rowHeight) + 1 + 2 * beside;

export function rowsInView(scrollTop: number, height: number, rowHeight: number, count: number, beside = BESIDE): View {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const start = Math.max(0, Math.min(first - beside, count));
  return { start, end: Math.max(start, Math.min(count, start + rowsDrawn(height, rowHeight, beside))) };
}

/**
 * The places of these rows in the order of their elements, with those of `first` and after it in the front. A place keeps
 * its element, and an element its place among the others, until another `first` is chosen: moving one means laying out
 * all of it again.
 */
export function elementOrder({ start, end }: View, drawn: number, first: number): number[] {
  const from = (((first - start) % drawn) + drawn) % drawn;
  const at = (index: number): number => (index - start - from + drawn) % drawn;
  return Array.from({ length: end - start }, (_, offset) => start + offset).sort((left, right) => at(left) - at(right));
}

/** The scroll position that brings a row into view and moves no more than needed. */
export function scrollFor(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}
