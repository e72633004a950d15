// When a job begins, as a person fills it in (JOB-02, JOB-25). Pure.

import type { Day, JobSchedule, MaintenanceWindow } from '$wire/types';
import { repeatForm, repeatOf, ruleOf, type RepeatForm } from './rrule';

export type ScheduleKind = JobSchedule['kind'];
export const KINDS: readonly ScheduleKind[] = ['now', 'at', 'windows', 'repeat'];

export interface WindowForm {
  days: Day[];
  /** `02:30`. */
  start: string;
  hours: number | null;
  minutes: number | null;
}

export interface ScheduleForm {
  kind: ScheduleKind;
  /** A calendar date and a clock time: the start, or the first one of those that repeat. */
  date: string | null;
  time: string;
  windows: WindowForm[];
  repeat: RepeatForm;
  /** An IANA name; null: each site's own. */
  zone: string | null;
}

export const windowForm = (more: Partial<WindowForm> = {}): WindowForm => ({
  days: ['sunday'],
  start: '02:00',
  hours: 3,
  minutes: 0,
  ...more,
});

/** `today`: the date where whoever looks is. */
export const scheduleForm = (today: string, more: Partial<ScheduleForm> = {}): ScheduleForm => ({
  kind: 'now',
  date: today,
  time: '02:00',
  windows: [windowForm()],
  repeat: repeatForm(),
  zone: null,
  ...more,
});

const minutesOf = (time: string): number | null => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(time);
  if (found === null) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return minutes < 1440 && Number(found[2]) < 60 ? minutes : null;
};
const two = (value: number): string => String(value).padStart(2, '0');
export const timeOf = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

/** The widest that the wire takes; whatever is wrong is refused by the core, in its words. */
const LONGEST = 65_535;
const durationOf = ({ hours, minutes }: WindowForm): number =>
  Math.min(LONGEST, Math.max(0, Math.round((hours ?? 0) * 60 + (minutes ?? 0))));
const windowOf = (form: WindowForm): MaintenanceWindow => ({
  days: [...form.days],
  start: minutesOf(form.start) ?? LONGEST,
  duration: durationOf(form),
});

const localOf = ({ date, time }: ScheduleForm): string => (date === null || date === '' ? '' : `${date}T${time}`);

/** `zone`: the one of a repetition, which has no site of its own, where none is chosen. */
export function scheduleOf(form: ScheduleForm, zone: string): JobSchedule {
  switch (form.kind) {
    case 'now':
      return { kind: 'now' };
    case 'at':
      return { kind: 'at', local: localOf(form), zone: form.zone };
    case 'windows':
      return { kind: 'windows', windows: form.windows.map(windowOf), zone: form.zone };
    case 'repeat': {
      const chosen = form.zone ?? zone;
      return { kind: 'repeat', first: localOf(form), rule: ruleOf(form.repeat, chosen), zone: chosen };
    }
  }
}

/** Whether enough is filled in for its starts to be asked for. */
export function isComplete(form: ScheduleForm): boolean {
  const timed = localOf(form) !== '' && minutesOf(form.time) !== null;
  switch (form.kind) {
    case 'now':
      return false;
    case 'at':
      return timed;
    case 'windows':
      return (
        form.windows.length > 0 &&
        form.windows.every((one) => one.days.length > 0 && minutesOf(one.start) !== null && durationOf(one) > 0)
      );
    case 'repeat':
      return timed && (form.repeat.frequency !== 'rule' || form.repeat.rule.trim() !== '');
  }
}

/** The form of a schedule that there is already. */
export function formOf(schedule: JobSchedule, today: string): ScheduleForm {
  switch (schedule.kind) {
    case 'now':
      return scheduleForm(today);
    case 'at':
      return scheduleForm(today, { kind: 'at', ...parted(schedule.local), zone: schedule.zone });
    case 'windows':
      return scheduleForm(today, {
        kind: 'windows',
        zone: schedule.zone,
        windows: schedule.windows.map(({ days, start, duration }) => ({
          days: [...days],
          start: timeOf(start),
          hours: Math.floor(duration / 60),
          minutes: duration % 60,
        })),
      });
    case 'repeat':
      return scheduleForm(today, {
        kind: 'repeat',
        ...parted(schedule.first),
        zone: schedule.zone,
        repeat: repeatOf(schedule.rule, schedule.zone),
      });
  }
}
function parted(local: string): { date: string; time: string } {
  const [date = '', time = ''] = local.split('T', 2);
  return { date, time: time.slice(0, 5) };
}

/** The clock time that all its starts are meant at; null: it has several. */
export function meantTime(form: ScheduleForm): string | null {
  if (form.kind !== 'windows') return form.time;
  const times = new Set(form.windows.map(({ start }) => start));
  const [only] = times;
  return times.size === 1 && only !== undefined ? only : null;
}
