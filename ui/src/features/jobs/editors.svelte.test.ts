import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { proposedRollout } from './rollout/rollout-form';
import RolloutEditor from './rollout/RolloutEditor.svelte';
import { scheduleForm } from './schedule/schedule-form';
import ScheduleEditor from './schedule/ScheduleEditor.svelte';

const person = userEvent.setup();
let host: FakePlatform;
const none = (): undefined => undefined;

beforeEach(() => {
  queryClient.clear();
  host = new FakePlatform({
    'jobs.preview': () => [
      { at: Date.UTC(2027, 0, 24, 1, 0), moved: false, until: null },
      { at: Date.UTC(2027, 2, 28, 1, 0), moved: true, until: null },
    ],
  });
  usePlatform(host);
});

/** JOB-02, JOB-25, GEN-06 */
it('shows the starts of what is filled in, and which of them are moved', async () => {
  const form = $state(scheduleForm('2027-01-24'));
  render(ScheduleEditor, { form, siteZone: 'Europe/Berlin', problem: none });
  expect(host.callsOf('jobs.preview')).toEqual([]);
  await person.click(screen.getByRole('radio', { name: 'Repeating' }));
  expect(await screen.findByText('moved: 02:00 does not exist on 28 Mar 2027')).toBeTruthy();
  expect(screen.getByText('Site, Europe/Berlin')).toBeTruthy();
  expect(host.callsOf('jobs.preview').at(-1)).toEqual({
    schedule: {
      kind: 'repeat',
      first: '2027-01-24T02:00',
      rule: 'FREQ=WEEKLY;BYDAY=SU',
      zone: 'Europe/Berlin',
    },
    site_zone: 'Europe/Berlin',
  });
  await person.click(screen.getByRole('button', { name: 'Monday' }));
  await waitFor(() =>
    expect(host.callsOf('jobs.preview').at(-1)?.schedule).toMatchObject({ rule: 'FREQ=WEEKLY;BYDAY=MO,SU' }),
  );
});

/** JOB-25 */
it('has several windows, each with its own days and times, in the zone of each site', async () => {
  const form = $state(scheduleForm('2027-01-24', { kind: 'windows' }));
  render(ScheduleEditor, { form, problem: none });
  const start = screen.getByRole<HTMLInputElement>('textbox', { name: 'Opens at' });
  await person.clear(start);
  await person.type(start, '2230');
  await person.tab();
  expect(start.value).toBe('22:30');
  await person.click(screen.getByRole('button', { name: 'Add window' }));
  await waitFor(() =>
    expect(host.callsOf('jobs.preview').at(-1)?.schedule).toEqual({
      kind: 'windows',
      windows: [
        { days: ['sunday'], start: 1350, duration: 180 },
        { days: ['saturday'], start: 120, duration: 180 },
      ],
      zone: null,
    }),
  );
  await person.click(screen.getByRole('button', { name: 'Remove window 1' }));
  await waitFor(() =>
    expect(host.callsOf('jobs.preview').at(-1)?.schedule).toMatchObject({ windows: [{ days: ['saturday'] }] }),
  );
});

it('says under its field what is wrong with a rule', async () => {
  host.on('jobs.preview', () => {
    throw new WireError({
      code: 'form.invalid',
      fields: [{ field: 'schedule.rule', code: 'field.required', params: {} }],
    });
  });
  const form = $state(scheduleForm('2027-01-24', { kind: 'repeat' }));
  render(ScheduleEditor, { form, problem: none });
  await person.selectOptions(screen.getByRole('combobox', { name: 'Repeats' }), 'By a rule (RRULE)');
  const rule = screen.getByRole('textbox', { name: 'Rule of RFC 5545' });
  await person.type(rule, 'often');
  await waitFor(() => expect(rule.getAttribute('aria-invalid')).toBe('true'));
});

/** JOB-26 */
it('adds and removes waves, and shows how many systems each takes', async () => {
  const form = $state(proposedRollout(151));
  render(RolloutEditor, {
    form,
    extent: { systems: 151, groups: 151 },
    groups: 'devices',
    problem: (field) => (field === 'rollout.waves' ? 'Too many' : undefined),
  });
  expect(screen.getByRole('img', { name: 'Wave 1: 1 system. Wave 2: 16 systems. Wave 3: 134 systems.' })).toBeTruthy();
  expect(screen.getByText('Too many')).toBeTruthy();
  await person.click(screen.getByRole('button', { name: 'Add wave' }));
  expect(screen.getByRole('img', { name: /Wave 4: 118 systems\.$/ })).toBeTruthy();
  await person.click(screen.getByRole('button', { name: 'Remove wave 1' }));
  expect(screen.getByRole('img', { name: /^Wave 1: 16 systems/ })).toBeTruthy();
  await person.selectOptions(
    screen.getByRole('combobox', { name: 'What happens when too many fail' }),
    'Go on whatever fails',
  );
  expect(screen.queryByText('% of a wave')).toBeNull();
});
