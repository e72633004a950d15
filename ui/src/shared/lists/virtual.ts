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

export function rowsInView(scrollTop: number, height: number, rowHeight: number, count: number, beside = BESIDE): View {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const last = Math.ceil((Math.max(0, scrollTop) + Math.max(height, rowHeight)) / rowHeight);
  const start = Math.max(0, Math.min(first - beside, count));
  return { start, end: Math.max(start, Math.min(count, last + beside)) };
}

/** The scroll position that brings a row into view and moves no more than needed. */
export function scrollFor(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + height) return top + rowHeight - height;
  return scrollTop;
}
