// Where a line of text must not break.

/** A piece of a text; a kept one stands in one line. */
export interface Phrase {
  text: string;
  kept: boolean;
}

/**
 * A Japanese date with the particle that belongs to it (2026年1月1日から), and a number with its counter (30 日). Other
 * languages break at spaces, where a date may be broken as well.
 */
const KEPT =
  /\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:から|まで|より|[にのはをが])?|\d[\d,.]*[ \u00a0]?(?:か月|年|月|日|件|個)/gu;

/** The text in pieces that can stand in lines of their own. */
export function phrasesOf(text: string): Phrase[] {
  const pieces: Phrase[] = [];
  let end = 0;
  for (const found of text.matchAll(KEPT)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), kept: false });
    pieces.push({ text: found[0], kept: true });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), kept: false });
  return pieces;
}
