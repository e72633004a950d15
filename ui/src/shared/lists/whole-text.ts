// What a cell cuts off is read whole under the pointer. Its tooltip is made when the pointer comes, not when the cell is
// filled: scrolling fills hundreds of cells a second, and nobody points at them (PERF-18).

const cellOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('.cell') : null;

/** The pointer came to something in a row: its cell says its words, unless something in it says more. */
export function showWhole(event: Event): void {
  const cell = cellOf(event);
  if (cell === null || cell.querySelector('[title]') !== null) return;
  const words = cell.textContent.trim();
  if (cell.title !== words) cell.title = words;
}

/** The pointer left: what the cell says now may be another row's next time. */
export function hideWhole(event: Event): void {
  cellOf(event)?.removeAttribute('title');
}
