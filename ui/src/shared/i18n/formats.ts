// Numbers, dates and amounts as the language in force writes them. All of them follow a change of language.

import { localization, t } from './i18n.svelte';

/** Our English is British: "licence", "22 Jan 2026". */
const locale = (): string => (localization.language === 'en' ? 'en-GB' : localization.language);

const cache = new Map<string, unknown>();
/** Intl objects are dear to make and made for every cell of a list: each is made once. */
function cached<Formatter>(key: string, make: () => Formatter): Formatter {
  const known = cache.get(key) as Formatter | undefined;
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

const PLAIN: Intl.NumberFormatOptions = {};
const optionKeys = new WeakMap<object, string>();
/** What tells options apart; learnt once of those that are always the same object. */
function optionsKey(options: object): string {
  const known = optionKeys.get(options);
  if (known !== undefined) return known;
  const key = JSON.stringify(options);
  optionKeys.set(options, key);
  return key;
}

export function number(value: number, options: Intl.NumberFormatOptions = PLAIN): string {
  const language = locale();
  return cached(`n${language}${optionsKey(options)}`, () => new Intl.NumberFormat(language, options)).format(value);
}

export const percent = (share: number): string => number(share, { style: 'percent', maximumFractionDigits: 0 });

/** 1 536 → "1.5 kB", in powers of 1,000 as disks are sold. */
export function bytes(count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return number(value, {
    style: 'unit',
    unit: units[unit],
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  });
}

export function money(amount: string | number, currency: string): string {
  return number(Number(amount), { style: 'currency', currency });
}

export function list(items: readonly string[]): string {
  const language = locale();
  return cached(`l${language}`, () => new Intl.ListFormat(language, { type: 'conjunction' })).format(items);
}

/** Parts of one line, such as numbers: "7 of 15 done, 2 running". */
export const parts = (some: readonly string[]): string => some.join(localization.language === 'ja' ? '、' : ', ');

/** Whole sentences one after another; Japanese has no space between them. Those that are empty are left out. */
export const sentences = (...all: readonly (string | null)[]): string =>
  all.filter((one) => one !== null && one !== '').join(localization.language === 'ja' ? '' : ' ');

/** French writes the first day of a month as an ordinal: "1er janv. 2026". Where the month is a number, so is the day. */
const ordinal = (text: string): string =>
  localization.language === 'fr' ? text.replace(/^1(?=\s\p{L})/u, '1er') : text;

function inZone(time: number, options: Intl.DateTimeFormatOptions, zone: string | undefined): string {
  const timeZone = zone ?? localization.zone;
  // A zone that is not the viewer's says its name (GEN-06).
  const shown = timeZone === localization.zone ? options : { ...options, timeZoneName: 'short' as const };
  const language = locale();
  const key = `d${language}${timeZone}${optionsKey(shown)}`;
  return ordinal(cached(key, () => new Intl.DateTimeFormat(language, { ...shown, timeZone })).format(time));
}

const DAY = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const MINUTE = { ...DAY, ...CLOCK, hour12: false } as const;

/** UTC milliseconds → "22 Jan 2026, 14:32", in the viewer's zone or the named one. */
export const dateTime = (time: number, zone?: string): string => inZone(time, MINUTE, zone);
export const date = (time: number, zone?: string): string => inZone(time, DAY, zone);
export const clockTime = (time: number, zone?: string): string => inZone(time, { ...CLOCK, hour12: false }, zone);
export const withSeconds = (time: number, zone?: string): string =>
  inZone(time, { ...DAY, ...CLOCK, second: '2-digit', hour12: false }, zone);

/** The time of day to the second, for lines of one day. */
export const clockSeconds = (time: number, zone?: string): string =>
  inZone(time, { ...CLOCK, second: '2-digit', hour12: false }, zone);

/**
 * "Sun, 28 Mar 2027, 03:00": a start with its weekday, in the viewer's zone or the named one. Without the zone's name: it
 * stands in a column whose head has it.
 */
export function weekdayTime(time: number, zone = localization.zone): string {
  const language = locale();
  const text = cached(
    `w${language}${zone}`,
    () => new Intl.DateTimeFormat(language, { ...MINUTE, weekday: 'short', timeZone: zone }),
  ).format(time);
  return localization.language === 'fr' ? text.replace(/(^|\s)1(?=\s\p{L})/u, '$11er') : text;
}
/** The time of day in a zone, without the zone's name. */
export function clockIn(time: number, zone: string): string {
  const language = locale();
  return cached(
    `k${language}${zone}`,
    () => new Intl.DateTimeFormat(language, { ...CLOCK, hour12: false, timeZone: zone }),
  ).format(time);
}
/** The weekday of a moment in UTC. */
export const weekday = (time: number, length: 'short' | 'long'): string => {
  const language = locale();
  return cached(
    `d${length}${language}`,
    () => new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' }),
  ).format(time);
};

/** A calendar date, `2026-02-13`: no zone can move it (GEN-07). */
export function calendarDate(iso: string): string {
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time)) return iso;
  const language = locale();
  return ordinal(
    cached(`c${language}`, () => new Intl.DateTimeFormat(language, { ...DAY, timeZone: 'UTC' })).format(time),
  );
}

const inMonth = (month: 'short' | 'long'): Intl.DateTimeFormat => {
  const language = locale();
  return cached(
    `m${month}${language}`,
    () => new Intl.DateTimeFormat(language, { year: 'numeric', month, timeZone: 'UTC' }),
  );
};

/** The month of a calendar date: "November 2026", "2026年11月". */
export const month = (iso: string): string => inMonth('long').format(Date.parse(`${iso.slice(0, 7)}-01T00:00:00Z`));

/** A month in two words, of which the year can be left out or written smaller. */
export interface MonthPart {
  kind: 'year' | 'month';
  text: string;
}

/** The month of a calendar date in the order of the language: "Nov", "2026"; "2026年", "11月". */
export function monthParts(iso: string): MonthPart[] {
  const parts: MonthPart[] = [];
  for (const { type, value } of inMonth('short').formatToParts(Date.parse(`${iso.slice(0, 7)}-01T00:00:00Z`))) {
    const last = parts.at(-1);
    if (type === 'year' || type === 'month') parts.push({ kind: type, text: value });
    // A counter such as 年 belongs to the number before it; a space belongs to neither.
    else if (last !== undefined) last.text += value.trim();
  }
  return parts;
}

/** The calendar date it is at this moment in the viewer's zone or the named one, as ISO text (GEN-07). */
export function dayOf(time: number, zone = localization.zone): string {
  const parts = cached(
    `i${zone}`,
    () => new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }),
  ).formatToParts(time);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

const STEPS: [Intl.RelativeTimeFormatUnit & string, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
function step(difference: number): [Intl.RelativeTimeFormatUnit & string, number] {
  for (const [unit, size] of STEPS) {
    if (difference >= size) return [unit, Math.floor(difference / size)];
  }
  return ['second', 0];
}

/** "12 seconds ago", "in 6 days". */
export function relative(time: number, now: number): string {
  const [unit, count] = step(Math.abs(time - now));
  const language = locale();
  const format = cached(
    `r${language}`,
    () => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }),
  );
  return format.format(time > now ? count : -count, unit);
}

/** The short form of a column: "41 s", "3 min", "19 h"; a pale dash where there was nothing yet. */
export function age(time: number | null, now: number): string {
  if (time === null) return t('none');
  const [unit, count] = step(Math.max(0, now - time));
  return t(`unit-${unit}`, { count });
}

/** "4 min 20 s": how long work took or will take. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const part = (count: number, unit: string): string => t(`unit-${unit}`, { count });
  if (seconds < 60) return part(seconds, 'second');
  if (seconds < 3600) {
    return seconds % 60 === 0
      ? part(seconds / 60, 'minute')
      : `${part(Math.floor(seconds / 60), 'minute')} ${part(seconds % 60, 'second')}`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes % 60 === 0
    ? part(minutes / 60, 'hour')
    : `${part(Math.floor(minutes / 60), 'hour')} ${part(minutes % 60, 'minute')}`;
}
