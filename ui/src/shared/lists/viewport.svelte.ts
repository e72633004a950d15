import { elementOrder, maxRows, rowsDrawn, rowsInView, scrollFor } from './virtual';

/** The head covers so much of the first row's height. */
const HEAD = 28;

/** Which rows are in view, and which element each of them has (UI-27, PERF-05). */
export class Viewport {
  scrollTop = $state(0);
  height = $state(0);
  width = $state(0);
  rowHeight = $state(32);
  /** Where the order of the elements begins: for screen readers it is that of the rows once nobody scrolls. */
  front = $state(0);
  /**
   * Each step shows mostly other rows than the one before, as under a scroll bar that is dragged: more than their names cannot
   * be followed, and is not drawn until the steps are shorter (PERF-18).
   */
  hurried = $state(false);
  /** So many steps of that kind came one after the other. */
  #far = 0;
  #order: number[] = [];
  /** The element that is scrolled. */
  body = $state<HTMLElement>();
  readonly #rows: () => number;

  /** `rows`: how many there are. */
  constructor(rows: () => number) {
    this.#rows = rows;
  }

  /** So many of them can be reached. */
  readonly count = $derived.by(() => Math.min(this.#rows(), maxRows(this.rowHeight)));
  // Numbers, not an object: scrolling inside a row changes neither, and nothing is looked at again.
  readonly start = $derived.by(() => rowsInView(this.scrollTop, this.height, this.rowHeight, this.count).start);
  readonly end = $derived.by(() => rowsInView(this.scrollTop, this.height, this.rowHeight, this.count).end);
  /** So many rows are drawn at most. A place in the list keeps its element until another place needs it. */
  readonly drawn = $derived.by(() => rowsDrawn(this.height, this.rowHeight));
  /** The places that have an element. While rows pass by these stay as they were: they could not be read. */
  readonly order = $derived.by(() => {
    if (!this.hurried) this.#order = elementOrder({ start: this.start, end: this.end }, this.drawn, this.front);
    return this.#order;
  });

  measure(): void {
    if (this.body === undefined) return;
    this.height = this.body.clientHeight;
    this.width = this.body.clientWidth;
    const row = Number.parseFloat(getComputedStyle(this.body).getPropertyValue('--row'));
    if (row > 0) this.rowHeight = row;
  }
  /** It was scrolled to here, in pixels. */
  scrolled(top: number): void {
    const far = Math.abs(top - this.scrollTop) * 2 >= this.drawn * this.rowHeight;
    this.#far = far ? this.#far + 1 : 0;
    // A single one is a key, or a click beside the scroll bar's thumb.
    this.hurried = this.#far > 1;
    this.scrollTop = top;
  }
  toTop(): void {
    if (this.body !== undefined) this.body.scrollTop = 0;
    this.scrollTop = 0;
  }
  bring(index: number): void {
    if (this.body === undefined) return;
    const top = scrollFor(index, this.body.scrollTop, this.height - HEAD, this.rowHeight);
    if (top !== this.body.scrollTop) this.body.scrollTop = top;
    this.scrollTop = this.body.scrollTop;
  }
  /** Nobody scrolls any more: the elements come into the order of the rows. */
  rest(front: number): void {
    this.#far = 0;
    this.hurried = false;
    // A focus inside a row would be lost by moving it.
    if (!this.body?.querySelector('.rows :focus')) this.front = front;
  }
}
