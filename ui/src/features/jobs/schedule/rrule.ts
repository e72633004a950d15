// Repetitions as a person fills them in, and as the RRULE of RFC 5545 (JOB-02). Pure.

import { startOfDay } from '$shared/lists/query';
import type { Day } from '$wire/types';

export const DAYS: readonly Day[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const CODES: Record<Day, string> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
};

/** `rule`: the person writes the RRULE. */
export type Frequency = 'daily' | 'weekly' | 'monthly' | 'rule';
export type Ending = 'never' | 'until' | 'count';
/** The first to the fourth, or the last (-1). */
export const PLACES = [1, 2, 3, 4, -1] as const;
/** The last day of a month, whichever it is. */
export const LAST_DAY = -1;

export interface RepeatForm {
  frequency: Frequency;
  interval: number | null;
  /** Of a weekly one. */
  days: Day[];
  /** Of a monthly one: on a day of the month, or on a weekday of it such as the second Tuesday. */
  monthly: 'day' | 'weekday';
  month_day: number | null;
  place: number;
  weekday: Day;
  ends: Ending;
  /** The last day, ISO, in the zone of the job. */
  until: string | null;
  count: number | null;
  /** As it was written by hand. */
  rule: string;
}

export const repeatForm = (more: Partial<RepeatForm> = {}): RepeatForm => ({
  frequency: 'weekly',
  interval: 1,
  days: ['sunday'],
  monthly: 'day',
  month_day: 1,
  place: 1,
  weekday: 'sunday',
  ends: 'never',
  until: null,
  count: 10,
  rule: '',
  ...more,
});

/** What stands in no field is 0, which the core refuses in its words. */
const number = (value: number | null): string => String(value ?? 0);

/** The end of a day in a zone, as RFC 5545 writes instants. */
function endOf(day: string, zone: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return new Date(startOfDay(next, zone) - 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

/** The RRULE that a form stands for. */
export function ruleOf(form: RepeatForm, zone: string): string {
  if (form.frequency === 'rule') return form.rule.trim().replace(/^RRULE:/i, '');
  const parts = [`FREQ=${form.frequency.toUpperCase()}`];
  if (form.interval !== 1) parts.push(`INTERVAL=${number(form.interval)}`);
  if (form.frequency === 'weekly' && form.days.length > 0) {
    parts.push(
      `BYDAY=${DAYS.filter((day) => form.days.includes(day))
        .map((day) => CODES[day])
        .join(',')}`,
    );
  }
  if (form.frequency === 'monthly') {
    parts.push(
      form.monthly === 'day'
        ? `BYMONTHDAY=${number(form.month_day)}`
        : `BYDAY=${number(form.place)}${CODES[form.weekday]}`,
    );
  }
  if (form.ends === 'until' && form.until !== null) parts.push(`UNTIL=${endOf(form.until, zone)}`);
  if (form.ends === 'count') parts.push(`COUNT=${number(form.count)}`);
  return parts.join(';');
}

const dayOf = (code: string): Day | undefined => DAYS.find((day) => CODES[day] === code);
/** Up to four digits, so that no number is lost; anything else is none. */
const whole = (text: string | undefined): number | null =>
  text !== undefined && /^-?\d{1,4}$/.test(text) ? Number(text) : null;

/** The parts of a rule that a form can hold; undefined: it says more than that. */
function read(rule: string, zone: string): Partial<RepeatForm> | undefined {
  const parts = new Map(
    rule.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name, value] as const;
    }),
  );
  const frequency = parts.get('FREQ')?.toLowerCase();
  if (frequency !== 'daily' && frequency !== 'weekly' && frequency !== 'monthly') return undefined;
  const form: Partial<RepeatForm> = { frequency, interval: whole(parts.get('INTERVAL') ?? '1'), days: [] };
  const codes = parts.get('BYDAY')?.split(',') ?? [];
  if (frequency === 'weekly') form.days = codes.flatMap((code) => dayOf(code) ?? []);
  const nth = codes.length === 1 ? /^(-?\d)([A-Z]{2})$/.exec(codes[0] ?? '') : null;
  if (frequency === 'monthly' && nth !== null) {
    Object.assign(form, { monthly: 'weekday', place: Number(nth[1]), weekday: dayOf(nth[2] ?? '') ?? 'sunday' });
  } else if (frequency === 'monthly') {
    Object.assign(form, { monthly: 'day', month_day: whole(parts.get('BYMONTHDAY')) });
  }
  const until = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(parts.get('UNTIL') ?? '');
  if (until !== null) {
    const [, year, month, day, hour, minute, second] = until;
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    form.ends = 'until';
    form.until = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  } else if (parts.has('COUNT')) Object.assign(form, { ends: 'count', count: whole(parts.get('COUNT')) });
  return form;
}

/** A rule as a form: in its fields where they say all of it, else as it is written. */
export function repeatOf(rule: string, zone: string): RepeatForm {
  const found = read(rule, zone);
  const form = repeatForm({ ...found, rule });
  if (found !== undefined && ruleOf(form, zone) === rule) return form;
  return repeatForm({ frequency: 'rule', rule });
}
