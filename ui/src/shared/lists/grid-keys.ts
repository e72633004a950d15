// What the keys of a list mean (UI-03, UI-23).

/** The grid as it is when a key is pressed in it. */
export interface Grid {
  /** The focus is in something inside a row. */
  inside: boolean;
  /** The row the keyboard stands on; -1: none. */
  active: number;
  count: number;
  /** So many rows are one page. */
  page: number;
  selectable: boolean;
  /** Something is chosen, and no panel is open that Escape closes first. */
  clearable: boolean;
  move: (to: number, extend: boolean) => void;
  /** Chooses the active row, or with `extend` everything up to it. */
  choose: (extend: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
  /** Opens the active row; undefined: rows are not opened. */
  open: (() => void) | undefined;
  /** Shows what can be done with the row: the active one, or the one that the focus is in; undefined: rows have no menu. */
  menu?: (() => void) | undefined;
}

/** What a key does here; undefined: it is not the list's. */
export function gridAct(event: KeyboardEvent, grid: Grid): (() => void) | undefined {
  const { active, count, page } = grid;
  const extend = event.shiftKey;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === 'a') return grid.selectable ? grid.chooseAll : undefined;
  switch (event.key) {
    case 'ArrowDown':
      return () => grid.move(active + 1, extend);
    case 'ArrowUp':
      return () => grid.move(active <= 0 ? 0 : active - 1, extend);
    case 'PageDown':
      return () => grid.move(active + page, extend);
    case 'PageUp':
      return () => grid.move(active - page, extend);
    case 'Home':
      return () => grid.move(0, extend);
    case 'End':
      return () => grid.move(count - 1, extend);
    case 'Escape':
      return !grid.inside && grid.clearable ? grid.clear : undefined;
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && extend)) return grid.menu;
  if (grid.inside || active < 0 || command) return undefined;
  if (event.key === ' ') return () => grid.choose(extend);
  // Where there is nothing to open, what can be done with the row is what opens.
  return event.key === 'Enter' ? (grid.open ?? grid.menu) : undefined;
}
