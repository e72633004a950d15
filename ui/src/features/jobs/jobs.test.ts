import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { sessionView } from '$features/session/testing';
import { usePlatform, WireError } from '$platform';
import { FakePlatform } from '$platform/fake';
import { queryClient } from '$shared/data.svelte';
import { filterText, anyOf } from '$shared/lists';
import { router } from '$shared/router.svelte';
import { session } from '$shared/session.svelte';
import type { JobAct, JobView, WireError as Failure } from '$wire/types';
import CopyPage from './CopyPage.svelte';
import { bannerOf, placedActs } from './job-banner';
import { logText, logTone, logWords } from './job-words';
import JobPage from './JobPage.svelte';
import JobsPage from './JobsPage.svelte';
import { tasksOf } from './task-source';
import { counts, jobHandlers, jobId, jobRow, jobView, taskId, taskRow, waveView } from './testing';

const person = userEvent.setup();
let host: FakePlatform;
const failure = (code: Failure['code']): Failure => ({ code, params: {}, fields: [], retryable: false, id: '' });

function jobs(...all: JobView[]): void {
  host = new FakePlatform(
    jobHandlers(all, [
      taskRow(),
      taskRow({
        id: taskId(1),
        name: 'B4-Gate-2',
        state: 'failed',
        problem: failure('device.unreachable'),
        percent: 41,
      }),
    ]),
  );
  host.on('lists.values', () => ({ values: [{ value: 'running', rows: all.length }], rows: all.length }));
  usePlatform(host);
}

beforeEach(() => {
  queryClient.clear();
  session.view = sessionView({ organization: null });
  // Rows exist only where there is a place for them.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 600 });
});

/** JOB-10, JOB-13, JOB-14 */
describe('the list of jobs', () => {
  beforeEach(() => router.go('/jobs', {}, { replace: true, sure: true }));

  it('shows how each is and how far, with a link to all of it', async () => {
    jobs(jobView({ row: jobRow({ customer_count: 3 }) }));
    render(JobsPage);
    const link = await screen.findByRole('link', { name: 'Upgrade berth cameras' });
    expect(link.getAttribute('href')).toBe(`#/jobs/${jobId(0)}`);
    expect(screen.getByText('4 of 9')).toBeTruthy();
    expect(screen.getByText('and 2 more')).toBeTruthy();
    expect(screen.getByText('Device software upgrade · 12.7.61')).toBeTruthy();
    expect(screen.getByRole('img', { name: /Done: 3/ })).toBeTruthy();
  });

  it('says what is to be done where there is none', async () => {
    jobs();
    render(JobsPage);
    expect(await screen.findByText('No jobs yet')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Select systems' }).getAttribute('href')).toBe('#/systems');
  });

  it('pauses at once, and says for each why it was not paused', async () => {
    jobs(jobView(), jobView({ row: jobRow({ id: jobId(1), name: 'Restart quay 3' }) }));
    host.on('jobs.pause', ({ ids }) =>
      ids.map((id) => ({ id, problem: id === jobId(1) ? failure('right.missing') : null })),
    );
    render(JobsPage);
    await person.click(await screen.findByRole('checkbox', { name: 'Select all shown' }));
    await person.click(screen.getByRole('button', { name: 'Pause' }));
    const left = await screen.findByRole('dialog', { name: '1 job was not paused' });
    expect(within(left).getByText('Restart quay 3')).toBeTruthy();
    expect(host.callsOf('jobs.pause')).toEqual([{ ids: [jobId(0), jobId(1)] }]);
  });

  it('stops and deletes after a question, in numbers', async () => {
    jobs(jobView());
    host.on('jobs.stop', ({ ids }) => ids.map((id) => ({ id, problem: null })));
    host.on('jobs.delete', () => {
      throw new WireError({ code: 'host.unreachable' });
    });
    render(JobsPage);
    await person.click(await screen.findByRole('checkbox', { name: 'Select all shown' }));
    await person.click(screen.getByRole('button', { name: 'Stop…' }));
    const question = await screen.findByRole('dialog', { name: 'Stop 1 job?' });
    expect(await within(question).findByText('1 system that has begun is finished first')).toBeTruthy();
    expect(host.callsOf('jobs.stop')).toEqual([]);
    await person.click(within(question).getByRole('button', { name: 'Stop 1 job' }));
    await waitFor(() => expect(host.callsOf('jobs.stop')).toEqual([{ ids: [jobId(0)] }]));
    await person.click(screen.getByRole('button', { name: 'Delete…' }));
    await person.click(await screen.findByRole('button', { name: 'Delete 1 job' }));
    // What went wrong stands in the question.
    expect(await screen.findByText('Flotilla cannot be reached')).toBeTruthy();
  });

  it('has the essentials beside it, and offers what is allowed', async () => {
    jobs(jobView({ allowed: ['pause', 'copy'] }));
    router.go('/jobs', { open: jobId(0) }, { replace: true, sure: true });
    render(JobsPage);
    const panel = await screen.findByRole('complementary', { name: 'Upgrade berth cameras' });
    expect(within(panel).getByRole('link', { name: 'Details' }).getAttribute('href')).toBe(`#/jobs/${jobId(0)}`);
    expect(within(panel).getByRole('button', { name: 'Pause' })).toBeTruthy();
    expect(within(panel).queryByRole('button', { name: 'Stop…' })).toBeNull();
    expect(
      within(panel)
        .getByRole('link', { name: /Failed/ })
        .getAttribute('href'),
    ).toContain('failed');
  });
});

/** JOB-26 */
it('counts waves from one, and asks the core from zero', async () => {
  jobs(jobView());
  const criterion = { column: 'wave', test: { kind: 'range', from: 1, to: null } } as const;
  await tasksOf(jobId(0), () => true).index({ organization: null, search: '', criteria: [criterion], sort: null });
  expect(host.callsOf('job_tasks.index')[0]?.criteria).toEqual([
    anyOf('job', [jobId(0)]),
    { column: 'wave', test: { kind: 'range', from: 0, to: null } },
  ]);
});

/** JOB-11, JOB-12, JOB-26 */
describe('a job', () => {
  const show = (view: JobView): void => {
    jobs(view);
    router.go(`/jobs/${jobId(0)}`, {}, { replace: true, sure: true });
    render(JobPage, { params: { id: jobId(0) } });
  };
  const held = jobView({
    row: jobRow({
      state: 'paused',
      counts: counts({ done: 11, running: 2, failed: 2, unknown: 1, waiting: 134 }),
      waves: 2,
      wave: 0,
    }),
    waves: [
      waveView({ rule: { size: { unit: 'percent', size: 10 }, proven_percent: 95, soak_minutes: 2880 } }),
      waveView({ number: 1, state: 'waiting', counts: counts({ waiting: 134 }) }),
    ],
    allowed: ['resume', 'go_on', 'stop', 'retry', 'copy', 'delete'],
  });

  it('says what keeps it, in numbers, with what can be done about it', async () => {
    show(held);
    expect(await screen.findByText(/^2 failed\. 1 is being checked/)).toBeTruthy();
    for (const name of ['Resume', 'Begin wave 2', 'Stop…', 'Retry 2 failed…'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
    expect(screen.getByText('95% good')).toBeTruthy();
    expect(screen.getByText('48 h soak')).toBeTruthy();
    host.on('jobs.go_on', () => ({}));
    await person.click(screen.getByRole('button', { name: 'Begin wave 2' }));
    await waitFor(() => expect(host.callsOf('jobs.go_on')).toEqual([{ id: jobId(0) }]));
  });

  it('offers nothing that is not allowed', async () => {
    show(jobView({ ...held, allowed: ['copy'] }));
    expect(await screen.findByRole('button', { name: 'Copy as new job…' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Stop…' })).toBeNull();
  });

  it('is approved by a second person', async () => {
    show(jobView({ row: jobRow({ state: 'awaiting_approval', created_by: 'maren' }), allowed: ['approve', 'stop'] }));
    expect(await screen.findByText(/^maren ordered it/)).toBeTruthy();
    host.on('jobs.approve', ({ ids }) => ids.map((id) => ({ id, problem: null })));
    await person.click(screen.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(host.callsOf('jobs.approve')).toEqual([{ ids: [jobId(0)] }]));
  });

  it('tries the failed again as a new job', async () => {
    show(held);
    host.on('jobs.retry', () => ({ id: jobId(7), name: 'Retry', skipped: [] }));
    await person.click(await screen.findByRole('button', { name: 'Retry 2 failed…' }));
    await person.click(await screen.findByRole('button', { name: 'Retry 2 systems' }));
    await waitFor(() => expect(router.path).toBe(`/jobs/${jobId(7)}`));
  });

  it('shows the systems of one state, always of this job', async () => {
    show(jobView());
    await person.click(await screen.findByRole('button', { name: /^Failed/ }));
    expect(router.query('filter')).toBe(filterText([anyOf('state', ['failed'])]));
    await waitFor(() =>
      expect(host.callsOf('job_tasks.index').at(-1)?.criteria).toEqual([
        anyOf('job', [jobId(0)]),
        anyOf('state', ['failed']),
      ]),
    );
  });

  it('opens a system with its steps and its log, which can be saved', async () => {
    show(jobView());
    await person.click(await screen.findByRole('link', { name: 'B4-Gate-1' }));
    const panel = await screen.findByRole('complementary', { name: 'B4-Gate-1' });
    expect(within(panel).getByText('Do not cut the power while it is written to')).toBeTruthy();
    expect(within(panel).getByText('Package P3265.bin, 94 MB')).toBeTruthy();
    await person.click(within(panel).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(host.texts.get('B4-Gate-1.txt')).toContain('Retry 1 in 2 s'));
  });

  it('follows the changes of its systems', async () => {
    show(jobView());
    await screen.findByText('33%').catch(() => undefined);
    const before = host.callsOf('jobs.job').length;
    const { invalidate } = await import('$shared/data.svelte');
    invalidate('job_tasks');
    await waitFor(() => expect(host.callsOf('jobs.job').length).toBeGreaterThan(before));
  });

  it('names its customers, each with a state made from its systems', async () => {
    jobs(jobView());
    router.go(`/jobs/${jobId(0)}`, { open: 'customers' }, { replace: true, sure: true });
    render(JobPage, { params: { id: jobId(0) } });
    const panel = await screen.findByRole('complementary', { name: 'Customers of the job' });
    expect((await within(panel).findByRole('link', { name: 'Werft Nord' })).getAttribute('href')).toContain('customer');
  });

  it('that repeats shows its next starts and its runs', async () => {
    show(
      jobView({
        row: jobRow({ repeats: true, state: 'scheduled', started_at: null }),
        schedule: { kind: 'repeat', first: '2027-03-28T02:30', rule: 'FREQ=WEEKLY;BYDAY=SU', zone: 'Europe/Berlin' },
        next_starts: [{ at: Date.UTC(2027, 2, 28, 1, 0), moved: true, until: null }],
        runs: [jobRow({ id: jobId(3), state: 'completed', counts: counts({ done: 12 }) })],
        waves: [],
      }),
    );
    expect(await screen.findByText('moved: 02:30 does not exist on 28 Mar 2027')).toBeTruthy();
    expect(screen.getByText('12 of 12')).toBeTruthy();
    expect(host.callsOf('job_tasks.index')).toEqual([]);
  });

  it('that is gone leads to the others', async () => {
    jobs();
    host.on('jobs.job', () => {
      throw new WireError({ code: 'not-found' });
    });
    render(JobPage, { params: { id: jobId(0) } });
    expect(await screen.findByText('This job does not exist')).toBeTruthy();
  });

  it('is ordered once more with what it had', async () => {
    const rollout = {
      waves: [{ size: { unit: 'groups' as const, size: 1 }, proven_percent: 100, soak_minutes: 60 }],
      threshold: { systems: 3, percent: 20, act: 'pause' as const },
    };
    jobs(jobView({ rollout }));
    host.on('jobs.copy', () => ({ id: jobId(8), name: 'Copy', skipped: [] }));
    render(CopyPage, { params: { id: jobId(0) } });
    await person.click(await screen.findByRole('button', { name: 'Start job' }));
    await waitFor(() => expect(router.path).toBe(`/jobs/${jobId(8)}`));
    expect(host.callsOf('jobs.copy')).toEqual([
      {
        id: jobId(0),
        order: {
          name: 'Upgrade berth cameras',
          schedule: { kind: 'now' },
          rollout,
          priority: 500,
          tolerance_minutes: 120,
        },
      },
    ]);
  });
});

describe('what is said of a job', () => {
  const of = (more: Parameters<typeof jobRow>[0], allowed: JobAct[] = []): JobView =>
    jobView({ row: jobRow(more), allowed });
  it.each([
    [of({ state: 'running' }), null],
    [of({ state: 'paused' }), 'paused'],
    [of({ state: 'awaiting_approval' }), 'approval'],
    [of({ state: 'missed' }), 'missed'],
    [of({ state: 'stopped', counts: counts({ running: 1 }) }), 'stopping'],
    [of({ state: 'stopped', counts: counts({ done: 1 }) }), null],
    [of({ state: 'failed', problem: failure('device.unreachable') }), 'failed'],
    [jobView({ waves: [waveView({ state: 'held' })] }), 'held'],
  ] as const)('%# is %s', (job, kind) => expect(bannerOf(job)).toBe(kind));

  it('stands once: beside the banner, or at the head', () => {
    const placed = placedActs(of({ state: 'paused' }, ['resume', 'stop', 'copy', 'delete']));
    expect(placed).toEqual({ banner: ['stop', 'resume'], buttons: ['copy'], menu: ['delete'] });
  });

  it('has a log in words', () => {
    const line = { at: 0, event: 'problem', params: {}, problem: failure('device.unreachable') };
    expect(logWords(line)).toBe('Problem: No answer from the device');
    expect(logTone(line)).toBe('bad');
    expect(logTone({ ...line, event: 'retry', problem: null })).toBe('care');
    expect(logText([line])).toContain('Check power');
    expect(logWords({ at: 0, event: 'step', params: { step: 'prove' }, problem: null })).toBe('Verify');
  });
});
