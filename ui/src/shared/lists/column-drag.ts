// Dragging one of several things that stand in a line: a head among heads, an entry among entries.

/** The pointer has to go so far before it is a drag and no click. */
const SLACK = 5;

export interface Drag {
  /** It would stand at this place. */
  over: (place: number) => void;
  /** It was let go there. */
  drop: (place: number) => void;
  cancel: () => void;
}

/** The place where a point falls, of things with these beginnings and ends. */
export function placeAt(point: number, extents: readonly (readonly [number, number])[]): number {
  const found = extents.findIndex(([, end]) => point < end);
  return found === -1 ? extents.length - 1 : found;
}

/** Follows the pointer from its press until it is let go; Escape ends it with nothing done. */
export function dragColumn(event: PointerEvent, things: readonly HTMLElement[], drag: Drag, vertical = false): void {
  if (event.button !== 0) return;
  const owner = event.currentTarget as HTMLElement;
  const start = { x: event.clientX, y: event.clientY };
  let place: number | null = null;
  const move = (moved: PointerEvent): void => {
    const far = vertical ? Math.abs(moved.clientY - start.y) : Math.abs(moved.clientX - start.x);
    if (place === null && far < SLACK) return;
    if (place === null) owner.setPointerCapture?.(moved.pointerId);
    const extents = things.map((thing) => {
      const { left, right, top, bottom } = thing.getBoundingClientRect();
      return vertical ? ([top, bottom] as const) : ([left, right] as const);
    });
    place = placeAt(vertical ? moved.clientY : moved.clientX, extents);
    drag.over(place);
  };
  const stop = (): void => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', key, true);
  };
  const up = (): void => {
    stop();
    if (place === null) drag.cancel();
    else drag.drop(place);
  };
  const cancel = (): void => {
    stop();
    drag.cancel();
  };
  const key = (pressed: KeyboardEvent): void => {
    if (pressed.key !== 'Escape' || place === null) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    cancel();
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', cancel);
  addEventListener('keydown', key, true);
}
