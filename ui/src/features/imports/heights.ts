// Where each row stands. A row with a second line (what is wrong, what was before) is taller, and which ones are is
// known before they are loaded, so nothing jumps while scrolling (UI-26). Pure geometry.

export const LOW = 28;
export const HIGH = 49;

export class Heights {
  /** Top edge of each row, and at the end the height of all. */
  readonly #tops: Float64Array;

  constructor(order: readonly number[], tall: ReadonlySet<number>) {
    this.#tops = new Float64Array(order.length + 1);
    let top = 0;
    for (const [index, row] of order.entries()) {
      this.#tops[index] = top;
      top += tall.has(row) ? HIGH : LOW;
    }
    this.#tops[order.length] = top;
  }

  get count(): number {
    return this.#tops.length - 1;
  }
  get total(): number {
    return this.top(this.count);
  }
  top(index: number): number {
    return this.#tops[Math.max(0, Math.min(this.count, index))] ?? 0;
  }

  /** The row at a height; beyond the end, the last one. */
  at(pixel: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= pixel) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The rows in view and a few beside them; `end` is without. */
  inView(scrollTop: number, height: number, beside = 8): { start: number; end: number } {
    if (this.count === 0) return { start: 0, end: 0 };
    const start = Math.max(0, this.at(scrollTop) - beside);
    return { start, end: Math.min(this.count, this.at(scrollTop + Math.max(height, HIGH)) + 1 + beside) };
  }

  /** The scroll position that brings a row into view and moves no more than needed. */
  scrollFor(index: number, scrollTop: number, height: number): number {
    const top = this.top(index);
    const bottom = this.top(index + 1);
    if (top < scrollTop) return top;
    return bottom > scrollTop + height ? bottom - height : scrollTop;
  }
}
