import { describe, expect, it } from 'vitest';
import type { JobSchedule } from '$wire/types';
import { repeatForm, repeatOf, ruleOf, type RepeatForm } from './rrule';
import { formOf, isComplete, meantTime, scheduleForm, scheduleOf, windowForm } from './schedule-form';

const ZONE = 'Europe/Berlin';

/** JOB-02 */
describe('a repetition', () => {
  const cases: [Partial<RepeatForm>, string][] = [
    [{ frequency: 'daily' }, 'FREQ=DAILY'],
    [{ frequency: 'daily', interval: 3, ends: 'count', count: 5 }, 'FREQ=DAILY;INTERVAL=3;COUNT=5'],
    [{ days: ['thursday', 'monday'] }, 'FREQ=WEEKLY;BYDAY=MO,TH'],
    [{ days: [], interval: 2 }, 'FREQ=WEEKLY;INTERVAL=2'],
    [{ frequency: 'monthly', month_day: 15 }, 'FREQ=MONTHLY;BYMONTHDAY=15'],
    [{ frequency: 'monthly', month_day: -1 }, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    [{ frequency: 'monthly', monthly: 'weekday', place: 2, weekday: 'tuesday' }, 'FREQ=MONTHLY;BYDAY=2TU'],
    [{ frequency: 'monthly', monthly: 'weekday', place: -1, weekday: 'friday' }, 'FREQ=MONTHLY;BYDAY=-1FR'],
    // The end of the day is one of the zone: in winter an hour before UTC, in summer two.
    [{ ends: 'until', until: '2027-01-31' }, 'FREQ=WEEKLY;BYDAY=SU;UNTIL=20270131T225959Z'],
    [{ ends: 'until', until: '2027-07-31' }, 'FREQ=WEEKLY;BYDAY=SU;UNTIL=20270731T215959Z'],
    [{ frequency: 'rule', rule: 'FREQ=YEARLY;BYMONTH=3' }, 'FREQ=YEARLY;BYMONTH=3'],
  ];

  it.each(cases)('%o is %s, and comes back', (more, rule) => {
    const form = repeatForm(more);
    expect(ruleOf(form, ZONE)).toBe(rule);
    expect(ruleOf(repeatOf(rule, ZONE), ZONE)).toBe(rule);
    expect(repeatOf(rule, ZONE).frequency).toBe(form.frequency);
  });

  it('that says more than the fields can is kept as it is written', () => {
    for (const rule of ['FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1', 'FREQ=MONTHLY;BYDAY=MO,TU', 'COUNT=3;FREQ=DAILY', 'often'])
      expect(repeatOf(rule, ZONE)).toMatchObject({ frequency: 'rule', rule });
  });

  it('is sent without the name of its property, and with 0 where a number is missing', () => {
    expect(ruleOf(repeatForm({ frequency: 'rule', rule: ' RRULE:FREQ=DAILY ' }), ZONE)).toBe('FREQ=DAILY');
    expect(ruleOf(repeatForm({ frequency: 'daily', interval: null }), ZONE)).toBe('FREQ=DAILY;INTERVAL=0');
  });
});

/** JOB-02, JOB-25 */
describe('a schedule', () => {
  const schedules: JobSchedule[] = [
    { kind: 'now' },
    { kind: 'at', local: '2027-01-24T02:30', zone: null },
    { kind: 'at', local: '2027-01-24T02:30', zone: 'Asia/Tokyo' },
    {
      kind: 'windows',
      windows: [
        { days: ['saturday', 'sunday'], start: 1350, duration: 200 },
        { days: ['monday'], start: 0, duration: 10_080 },
      ],
      zone: ZONE,
    },
    { kind: 'repeat', first: '2027-03-28T02:30', rule: 'FREQ=WEEKLY;BYDAY=SU', zone: ZONE },
  ];
  it.each(schedules)('comes back from its form: $kind', (schedule) => {
    expect(scheduleOf(formOf(schedule, '2027-01-01'), 'UTC')).toEqual(schedule);
  });

  it('that repeats has a zone, also where none is chosen', () => {
    const form = scheduleForm('2027-01-24', { kind: 'repeat' });
    expect(scheduleOf(form, ZONE)).toMatchObject({ first: '2027-01-24T02:00', zone: ZONE });
  });

  it('is asked about as soon as it is filled in', () => {
    const form = scheduleForm('2027-01-24');
    expect(isComplete(form)).toBe(false);
    expect(isComplete({ ...form, kind: 'at' })).toBe(true);
    expect(isComplete({ ...form, kind: 'at', date: null })).toBe(false);
    expect(isComplete({ ...form, kind: 'at', time: '25:00' })).toBe(false);
    expect(isComplete({ ...form, kind: 'windows' })).toBe(true);
    expect(isComplete({ ...form, kind: 'windows', windows: [windowForm({ days: [] })] })).toBe(false);
    expect(isComplete({ ...form, kind: 'windows', windows: [windowForm({ hours: 0 })] })).toBe(false);
    expect(isComplete({ ...form, kind: 'repeat', repeat: repeatForm({ frequency: 'rule' }) })).toBe(false);
  });

  it('knows the one time that is meant', () => {
    const form = scheduleForm('2027-01-24', { kind: 'windows', windows: [windowForm(), windowForm()] });
    expect(meantTime(form)).toBe('02:00');
    expect(meantTime({ ...form, windows: [windowForm(), windowForm({ start: '22:00' })] })).toBeNull();
  });
});
