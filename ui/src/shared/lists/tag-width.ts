// How many tags a cell has space for. Reckoned, not measured: a list that is scrolled must not lay out each of its rows.

/** Ends of a tag, and the gap after it, in pixels. */
const ENDS = 12;
const GAP = 4;
/** *+12*, with its ends. */
const MORE = 32;
/** A letter of the tags' size; one of a wide script. */
const NARROW = 6.6;
const WIDE = 12.5;

function widthOf(tag: string): number {
  return ENDS + lettersWide(tag, NARROW, WIDE);
}

/** The widths at which the first of these tags is shown, the first two and so on, each with the number of the others. */
export function tagsWide(tags: readonly string[]): number[] {
  let used = 0;
  return tags.map((tag, place) => {
    used += widthOf(tag) + (place > 0 ? GAP : 0);
    return used + (place < tags.length - 1 ? GAP + MORE : 0);
  });
}

/** How wide a text is whose letters have these widths. */
export function lettersWide(text: string, narrow: number, wide: number): number {
  let width = 0;
  for (const letter of text) width += /[\u1100-\u115f\u2e80-\uffdc]/u.test(letter) ? wide : narrow;
  return width;
}

/** So many of the tags fit into a cell of this width, beside the number of the others; the first is always shown. */
export function tagsThatFit(tags: readonly string[], width: number): number {
  let used = 0;
  for (const [place, tag] of tags.entries()) {
    used += widthOf(tag) + (place > 0 ? GAP : 0);
    const others = place < tags.length - 1 ? GAP + MORE : 0;
    if (used + others > width) return Math.max(1, place);
  }
  return tags.length;
}
