import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { errorText, format, LANGUAGES, preferredLanguage, setLanguage, setZone, t } from '.';
import { localeSource } from '../testing/setup';

const NOON = Date.UTC(2026, 0, 22, 13, 32);

/** GEN-05, ACC-06 */
describe('words', () => {
  test('follow the language at once', async () => {
    expect(t('cancel')).toBe('Cancel');
    await setLanguage('fr');
    expect(t('cancel')).toBe('Annuler');
    expect(document.documentElement.lang).toBe('fr');
    await setLanguage('ja');
    expect(t('cancel')).toBe('キャンセル');
  });

  /** GEN-04, GEN-07 */
  test('of an error write its day as everywhere else', async () => {
    const error = { code: 'licence.key-expired', params: { key: '••••-1234', day: '2026-02-13' } };
    expect(errorText(error)).toContain('13 Feb 2026');
    await setLanguage('ja');
    expect(errorText(error)).toContain('2026年2月13日');
  });

  test.each(LANGUAGES)('%s has every key once and none besides', (language) => {
    const keys = (source: string): string[] =>
      new FluentResource(source).body
        .flatMap((message) => [message.id, ...Object.keys(message.attributes).map((name) => `${message.id}.${name}`)])
        .sort();
    const own = keys(localeSource(language));
    expect(new Set(own).size).toBe(own.length);
    expect(own).toEqual(keys(localeSource('en')));
  });

  test('the machine’s first language that we speak is taken', () => {
    expect(preferredLanguage(['pt-BR', 'ja-JP', 'fr'])).toBe('ja');
    expect(preferredLanguage(['de'])).toBe('en');
  });
});

/** GEN-05, GEN-06, GEN-07 */
describe('formats', () => {
  test('today is another day in another zone', () => {
    const time = Date.parse('2026-11-20T23:30:00Z');
    expect(format.dayOf(time, 'UTC')).toBe('2026-11-20');
    expect(format.dayOf(time, 'Asia/Tokyo')).toBe('2026-11-21');
  });

  test('numbers and dates are written as the language writes them', async () => {
    setZone('UTC');
    expect(format.number(1482)).toBe('1,482');
    expect(format.dateTime(NOON)).toBe('22 Jan 2026, 13:32');
    await setLanguage('fr');
    expect(format.number(1482)).toMatch(/^1\s482$/u);
    expect(format.calendarDate('2026-02-13')).toBe('13 févr. 2026');
    await setLanguage('ja');
    expect(format.calendarDate('2026-02-13')).toBe('2026年2月13日');
  });

  test('French writes the first of a month as an ordinal, and no other day', async () => {
    setZone('UTC');
    await setLanguage('fr');
    expect(format.calendarDate('2026-01-01')).toBe('1er janv. 2026');
    expect(format.calendarDate('2026-01-11')).toBe('11 janv. 2026');
    expect(format.date(Date.UTC(2026, 9, 1))).toBe('1er oct. 2026');
    expect(format.dateTime(Date.UTC(2026, 9, 1, 1, 5))).toBe('1er oct. 2026, 01:05');
    expect(format.clockTime(Date.UTC(2026, 9, 1, 1, 5))).toBe('01:05');
    await setLanguage('en');
    expect(format.calendarDate('2026-01-01')).toBe('1 Jan 2026');
  });

  /** GEN-05 */
  test('a month and its year stand in the order of the language', async () => {
    const words = (): string[] => format.monthParts('2026-11-05').map(({ text }) => text);
    expect(format.month('2026-11-05')).toBe('November 2026');
    expect(words()).toEqual(['Nov', '2026']);
    await setLanguage('fr');
    expect(format.month('2026-11-05')).toBe('novembre 2026');
    expect(words()).toEqual(['nov.', '2026']);
    await setLanguage('ja');
    expect(format.month('2026-11-05')).toBe('2026年11月');
    expect(words()).toEqual(['2026年', '11月']);
  });

  test('sentences follow each other as the language has it', async () => {
    expect(format.sentences('One.', null, '', 'Two.')).toBe('One. Two.');
    await setLanguage('ja');
    expect(format.sentences('はい。', 'いいえ。')).toBe('はい。いいえ。');
  });

  test('a time in a zone that is not the viewer’s names it', () => {
    setZone('Europe/Paris');
    expect(format.dateTime(NOON)).toBe('22 Jan 2026, 14:32');
    expect(format.dateTime(NOON, 'Asia/Tokyo')).toContain('GMT+9');
    expect(format.dateTime(NOON, 'Europe/Paris')).not.toContain('GMT');
  });

  test('a date without a zone stays the same day everywhere', () => {
    setZone('Pacific/Honolulu');
    expect(format.calendarDate('2026-02-13')).toBe('13 Feb 2026');
  });

  test('the time since is short', () => {
    expect(format.age(NOON - 41_000, NOON)).toBe('41 s');
    expect(format.age(null, NOON)).toBe('–');
    expect(format.duration(260_000)).toBe('4 min 20 s');
  });
});
