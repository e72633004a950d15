import { expect, it } from 'vitest';
import { phrasesOf } from './phrases';

const kept = (text: string): string[] =>
  phrasesOf(text)
    .filter((piece) => piece.kept)
    .map((piece) => piece.text);

/** GEN-05 */
it('keeps a Japanese date with its particle, and a number with its counter, in one line', () => {
  expect(kept('更新が必要、猶予期間は 2026年12月18日まで')).toEqual(['2026年12月18日まで']);
  expect(kept('残り 22 日です。2026年11月19日に始まった年度')).toEqual(['22 日', '2026年11月19日に']);
  expect(kept('1 年、2 年')).toEqual(['1 年', '2 年']);
  expect(kept('2026年11月')).toEqual(['2026年11月']);
});

it('loses no part of a text, and leaves other languages as they are', () => {
  for (const text of ['2026年1月1日から', '残り 22 日です。', 'Licensed until 1 Jan 2026', ''])
    expect(
      phrasesOf(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  expect(kept('Renewal due, grace until 18 Dec 2026')).toEqual([]);
});
