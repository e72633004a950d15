import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, 'tokens.css'), 'utf8');

const block = (selector: string): Record<string, string> => {
  const start = css.indexOf('{', css.indexOf(selector)) + 1;
  const text = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries([...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, (value ?? '').trim()]));
};
const light = block(':root {');
const darkAuto = block(':root:not([data-theme="light"]) {');
const darkForced = block('\n[data-theme="dark"] {');
const themes: Record<string, Record<string, string>> = { light, dark: { ...light, ...darkForced } };

const colour = (theme: string, name: string): string => {
  const value = themes[theme]?.[name] ?? '';
  const inner = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  return inner === undefined ? value : colour(theme, inner);
};
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const ratio = (one: string, other: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
};

const grounds = ['--bg-surface', '--bg-subtle', '--bg-window', '--bg-hover', '--bg-selected', '--bg-float', '--bg-control'];
const words = ['--text', '--text-2', '--text-3', '--accent-text', '--good-text', '--bad-text', '--care-text'];
const states = [
  ...['critical', 'major', 'minor', 'warning', 'cleared'].map((severity) => `--sev-${severity}`),
  ...['connected', 'problems', 'disconnected', 'never'].map((connection) => `--conn-${connection}`),
];
const TEXT = 4.5;
const GLYPH = 3;
const everywhere = (names: string[], least: number): [string, string, number][] =>
  names.flatMap((name) => grounds.map((ground): [string, string, number] => [name, ground, least]));
const pairs: [string, string, number][] = [
  ...everywhere([...words, ...states.map((state) => `${state}-text`)], TEXT),
  ...everywhere([...states, '--border-control', '--focus', '--good', '--care', '--accent'], GLYPH),
  ['--on-accent', '--accent', TEXT],
  ['--on-accent', '--accent-hover', TEXT],
  ['--on-bad', '--bad', TEXT],
  ['--on-bad', '--bad-hover', TEXT],
  ['--text-inverse', '--bg-inverse', TEXT],
  ['--text-inverse-2', '--bg-inverse', TEXT],
  ['--text', '--bg-control-active', TEXT],
  ['--text-2', '--bg-active', TEXT],
  ['--text-3', '--bg-active', TEXT],
  ['--data', '--bg-surface', GLYPH],
  ...['good', 'bad', 'care'].flatMap((state): [string, string, number][] => [
    [`--${state}-text`, `--${state}-bg`, TEXT],
    ['--text', `--${state}-bg`, TEXT],
    ['--text-2', `--${state}-bg`, TEXT],
  ]),
  ...states.flatMap((state): [string, string, number][] => [
    [`${state}-text`, `${state}-bg`, TEXT],
    [state, `${state}-bg`, GLYPH],
  ]),
];

/** UI-02: both themes meet WCAG 2.2 AA. */
describe('tokens', () => {
  test('the dark theme is the same whether the system or the person chose it', () => {
    expect(darkAuto).toEqual(darkForced);
  });

  test.each(['light', 'dark'])('every pair of the %s theme can be distinguished', (theme) => {
    const low = pairs
      .map(([ink, ground, least]) => ({ ink, ground, least, ratio: ratio(colour(theme, ink), colour(theme, ground)) }))
      .filter((pair) => !(pair.ratio >= pair.least));
    expect(low).toEqual([]);
  });
});
