// When a job begins, in words.

import { format, t } from '$shared/i18n';
import type { Day, JobSchedule, MaintenanceWindow } from '$wire/types';
import { DAYS, repeatOf } from './rrule';
import { timeOf } from './schedule-form';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A Monday; only its weekday is read. */
const MONDAY = Date.UTC(2024, 0, 1);
const dayTime = (day: Day): number => MONDAY + DAYS.indexOf(day) * DAY;
export const dayName = (day: Day): string => format.weekday(dayTime(day), 'long');
export const dayShort = (day: Day): string => format.weekday(dayTime(day), 'short');

/** A local time, `2027-01-24T02:30`, as it is meant: no zone moves it. */
export const localWords = (local: string): string => {
  const [date = '', time = ''] = local.split('T', 2);
  return t('job-schedule-date-time', { date: format.calendarDate(date), time: time.slice(0, 5) });
};
const zoneWords = (zone: string | null): string => zone ?? t('job-schedule-zone-own');

export const windowWords = ({ days, start, duration }: MaintenanceWindow): string =>
  t('job-schedule-window-words', {
    days: format.list(DAYS.filter((day) => days.includes(day)).map(dayName)),
    start: timeOf(start),
    time: format.duration(duration * MINUTE),
  });

function ruleWords(rule: string, zone: string): string {
  const form = repeatOf(rule, zone);
  const interval = form.interval ?? 1;
  const every = { count: interval, number: format.number(interval) };
  switch (form.frequency) {
    case 'rule':
      return rule;
    case 'daily':
      return t('job-schedule-every-daily', every);
    case 'weekly': {
      const words = t('job-schedule-every-weekly', every);
      const days = DAYS.filter((day) => form.days.includes(day)).map(dayName);
      return days.length === 0 ? words : t('labelled', { label: words, value: format.list(days) });
    }
    case 'monthly': {
      const on =
        form.monthly === 'day'
          ? form.month_day === -1
            ? t('job-schedule-month-last')
            : t('job-schedule-month-day', { day: format.number(form.month_day ?? 0) })
          : t('job-schedule-month-weekday', {
              place: t(`job-schedule-place-${form.place}`),
              day: dayName(form.weekday),
            });
      return t('labelled', { label: t('job-schedule-every-monthly', every), value: on });
    }
  }
}

/** In a line; several windows are listed. */
export function scheduleWords(schedule: JobSchedule): string {
  switch (schedule.kind) {
    case 'now':
      return t('job-schedule-kind-now');
    case 'at':
      return t('job-schedule-in-zone', { when: localWords(schedule.local), zone: zoneWords(schedule.zone) });
    case 'windows':
      return t('job-schedule-in-zone', {
        when: schedule.windows.map(windowWords).join(' · '),
        zone: zoneWords(schedule.zone),
      });
    case 'repeat':
      return t('job-schedule-in-zone', {
        when: t('job-schedule-from', {
          rule: ruleWords(schedule.rule, schedule.zone),
          first: localWords(schedule.first),
        }),
        zone: schedule.zone,
      });
  }
}
