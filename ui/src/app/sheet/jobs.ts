// Jobs in memory for the component sheet: one of every state, a rollout that a threshold has paused, and what an upgrade would mean.

import {
  counts,
  jobHandlers,
  jobId,
  jobRow,
  jobsDescription,
  jobView,
  taskId,
  taskRow,
  tasksDescription,
  taskView,
  waveView,
} from '$features/jobs/testing';
import { WireError } from '$platform';
import type { Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import type {
  ColumnValues,
  JobTaskRow,
  JobView,
  ListDescription,
  ListName,
  ListQuery,
  PlannedStart,
  TaskState,
  WireError as Failure,
} from '$wire/types';

export { jobId };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.now();
const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
const CUSTOMERS = [
  { id: '01890000-0000-7000-8000-000000000002', name: 'Kaufhaus Bergmann GmbH' },
  { id: '01890000-0000-7000-8000-000000000003', name: '桜屋百貨店 Sakuraya Stores' },
  { id: '01890000-0000-7000-8000-000000000005', name: 'Côté Marché Nantes' },
];
const failure = (code: Failure['code'], params: Failure['params'] = {}): Failure => ({
  code,
  params,
  fields: [],
  retryable: false,
  id: '',
});

const rollout = jobView({
  row: jobRow({
    id: jobId(0),
    name: 'Upgrade branch cameras to 12.7',
    state: 'paused',
    customers: CUSTOMERS,
    customer_count: 38,
    counts: counts({ waiting: 134, running: 2, done: 11, failed: 2, unknown: 1, skipped: 1 }),
    starts_at: now - 7 * DAY,
    started_at: now - 7 * DAY,
    waves: 3,
    wave: 1,
    created_by: 'm.osei',
  }),
  schedule: {
    kind: 'windows',
    windows: [{ days: ['sunday'], start: 150, duration: 180 }],
    zone: 'Europe/Berlin',
  },
  rollout: {
    waves: [
      { size: { unit: 'groups', size: 4 }, proven_percent: 100, soak_minutes: 1440 },
      { size: { unit: 'percent', size: 10 }, proven_percent: 95, soak_minutes: 2880 },
    ],
    threshold: { systems: 3, percent: 20, act: 'pause' },
  },
  waves: [
    waveView({
      state: 'done',
      counts: counts({ done: 4 }),
      rule: { size: { unit: 'groups', size: 4 }, proven_percent: 100, soak_minutes: 1440 },
    }),
    waveView({
      number: 1,
      state: 'running',
      counts: counts({ done: 7, running: 2, failed: 2, unknown: 1, skipped: 1, waiting: 2 }),
      rule: { size: { unit: 'percent', size: 10 }, proven_percent: 95, soak_minutes: 2880 },
    }),
    waveView({ number: 2, state: 'waiting', counts: counts({ waiting: 132 }) }),
  ],
  approved_by: 'j.takeda',
  window_until: now + 101 * 60_000,
  allowed: ['resume', 'go_on', 'stop', 'retry', 'copy', 'delete'],
});
const starts: PlannedStart[] = Array.from({ length: 10 }, (_, index) => ({
  at: Date.UTC(2027, 0, 24, 1, 30) + index * 7 * DAY - (index === 9 ? HOUR / 2 : 0),
  moved: index === 9,
  until: null,
}));
const of = (index: number, more: Parameters<typeof jobRow>[0], view: Partial<JobView> = {}): JobView =>
  jobView({ row: jobRow({ id: jobId(index), customers: CUSTOMERS.slice(0, 1), ...more }), ...view });

const jobs: JobView[] = [
  rollout,
  of(1, {
    name: 'Restart 214 devices',
    operation: 'device-restart',
    about: '',
    customers: CUSTOMERS,
    customer_count: 12,
    counts: counts({ waiting: 38, running: 4, done: 162, failed: 6, unknown: 2, skipped: 2 }),
    started_at: now - 12 * 60_000,
    starts_at: now - 12 * 60_000,
  }),
  of(
    2,
    {
      name: '港湾カメラの夜間アップグレード',
      state: 'scheduled',
      customers: CUSTOMERS.slice(1),
      counts: counts({ waiting: 88 }),
      starts_at: now + 9 * HOUR,
      started_at: null,
      wave: null,
      waves: 3,
    },
    { schedule: { kind: 'at', local: '2027-01-24T02:30', zone: null }, allowed: ['pause', 'stop', 'copy'] },
  ),
  of(
    3,
    {
      name: 'Weekly restart of the door stations',
      operation: 'device-restart',
      about: '',
      state: 'scheduled',
      repeats: true,
      counts: counts(),
      starts_at: starts[0]?.at ?? null,
      started_at: null,
      wave: null,
    },
    {
      schedule: { kind: 'repeat', first: '2027-01-24T02:30', rule: 'FREQ=WEEKLY;BYDAY=SU', zone: 'Europe/Berlin' },
      next_starts: starts,
      waves: [],
      allowed: ['pause', 'stop', 'copy'],
      runs: [1, 2, 3].map((week) =>
        jobRow({
          id: jobId(9 + week),
          state: week === 2 ? 'completed_with_failures' : 'completed',
          counts: counts({ done: week === 2 ? 11 : 12, failed: week === 2 ? 1 : 0 }),
          started_at: now - week * 7 * DAY,
          finished_at: now - week * 7 * DAY + 320_000,
        }),
      ),
    },
  ),
  of(
    4,
    {
      name: 'Reset the returned cameras',
      operation: 'device-factory-default',
      about: '',
      state: 'awaiting_approval',
      counts: counts({ waiting: 3 }),
      started_at: null,
      starts_at: null,
      wave: null,
    },
    { approval_needed: true, allowed: ['approve', 'stop', 'copy'] },
  ),
  of(
    5,
    {
      name: 'Roll back Q1808',
      operation: 'device-roll-back',
      about: 'Q1808-LE',
      state: 'failed',
      counts: counts({ failed: 3 }),
      finished_at: now - 2 * HOUR,
      started_at: now - 2 * HOUR - 190_000,
      problem: failure('device.unreachable'),
    },
    { allowed: ['retry', 'copy', 'delete'] },
  ),
  of(
    6,
    {
      name: 'Upgrade Nantes',
      state: 'completed_with_failures',
      counts: counts({ done: 61, failed: 2, skipped: 4 }),
      finished_at: now - DAY,
      started_at: now - DAY - 5 * HOUR,
    },
    { allowed: ['retry', 'copy', 'delete'] },
  ),
  of(
    7,
    {
      name: 'Upgrade before the inspection',
      state: 'missed',
      counts: counts({ waiting: 12 }),
      starts_at: now - 3 * DAY,
      started_at: null,
      wave: null,
    },
    { allowed: ['copy', 'delete'] },
  ),
  of(
    8,
    {
      name: 'Restart quay 3',
      operation: 'device-restart',
      about: '',
      state: 'stopped',
      counts: counts({ done: 9, stopped: 20, running: 1 }),
      started_at: now - 40 * 60_000,
    },
    { allowed: ['copy'] },
  ),
  of(
    9,
    {
      name: 'Upgrade Hannover',
      state: 'completed',
      counts: counts({ done: 214 }),
      finished_at: now - 4 * DAY,
      started_at: now - 4 * DAY - 8 * HOUR,
    },
    { allowed: ['copy', 'delete'] },
  ),
];

const STATES: TaskState[] = [
  'done',
  'failed',
  'failed',
  'done',
  'running',
  'done',
  'unknown',
  'skipped',
  'running',
  'waiting',
  'waiting',
];
const NAMES = ['SKY-DUS-Cam', 'WAL-Dome', 'LUM-LYO-Quai', 'HDK-FRA-正面', 'KBG-HAN-Einfahrt'];
const task = (index: number): JobTaskRow => {
  const state = pick(STATES, index);
  const begun = state !== 'waiting' && state !== 'skipped';
  return taskRow({
    id: taskId(index),
    system: '01890000-0000-7000-8000-000000000001',
    organization: pick(CUSTOMERS, index >> 2).id,
    customer: pick(CUSTOMERS, index >> 2).name,
    name: `${pick(NAMES, index >> 2)}-${String(index).padStart(2, '0')}`,
    host: `10.44.2.${index + 10}`,
    wave: index < 4 ? 0 : index < 19 ? 1 : 2,
    state,
    step: begun
      ? state === 'failed'
        ? 'upload'
        : state === 'running'
          ? pick(['upload', 'restart'], index)
          : 'prove'
      : '',
    percent:
      state === 'running' ? pick([62, 91, 17], index) : state === 'failed' ? 41 : state === 'unknown' ? 88 : null,
    attempt: begun ? (state === 'failed' ? 3 : 1) : 0,
    problem:
      state === 'failed' ? failure('device.unreachable') : state === 'skipped' ? failure('device.not-this-kind') : null,
    not_before: state === 'unknown' ? now + 41_000 : null,
    started_at: begun ? now - (index + 4) * 61_000 : null,
    finished_at: state === 'done' || state === 'failed' ? now - index * 20_000 : null,
  });
};
const tasks = Array.from({ length: 151 }, (_, index) => task(index));

const narrowed = (query: ListQuery, column: string): readonly string[] | null => {
  const test = query.criteria.find((one) => one.column === column)?.test;
  return test?.kind === 'any_of' ? test.values : null;
};
export const jobList = (list: ListName): ListDescription | null =>
  list === 'jobs' ? jobsDescription : list === 'job_tasks' ? tasksDescription : null;
export const jobValues = (list: ListName, column: string): ColumnValues | null => {
  if (list !== 'jobs' || column !== 'state') return null;
  const states = jobs.map(({ row }) => row.state);
  return {
    values: [...new Set(states)].map((value) => ({ value, rows: states.filter((one) => one === value).length })),
    rows: jobs.length,
  };
};

/** Lists are described by the fleet. */
const {
  'lists.describe': _describe,
  'lists.views': _views,
  'lists.values': _values,
  ...handlers
} = jobHandlers(jobs, tasks);
export const sheetJobs: Handlers = {
  ...handlers,
  'jobs.index': (query) => {
    const states = narrowed(query, 'state');
    return packIds(jobs.filter(({ row }) => states === null || states.includes(row.state)).map(({ row }) => row.id));
  },
  'job_tasks.index': (query) => {
    const states = narrowed(query, 'state');
    return packIds(tasks.filter(({ state }) => states === null || states.includes(state)).map(({ id }) => id));
  },
  'jobs.task': ({ id }) => {
    const row = tasks.find((one) => one.id === id) ?? taskRow({ id });
    const start = row.started_at ?? now;
    const ended = (after: number): number => start + after * 1000;
    return taskView({
      row,
      steps: [
        { name: 'connect', began_at: start, ended_at: ended(1) },
        { name: 'check', began_at: ended(1), ended_at: ended(5) },
        {
          name: 'upload',
          began_at: ended(5),
          ended_at: row.state === 'failed' || row.step === 'upload' ? null : ended(214),
        },
        { name: 'restart', began_at: row.step === 'restart' ? ended(214) : null, ended_at: null },
        { name: 'prove', began_at: null, ended_at: null },
      ],
      log: [
        { at: start, event: 'began', params: {}, problem: null },
        { at: ended(1), event: 'step', params: { step: 'check' }, problem: null },
        { at: ended(2), event: 'runs', params: { version: row.version_from }, problem: null },
        { at: ended(5), event: 'image', params: { name: 'P3265-LVE_12_7_61.bin', size: 94_000_000 }, problem: null },
        { at: ended(90), event: 'problem', params: {}, problem: failure('device.unreachable') },
        { at: ended(91), event: 'retry', params: { attempt: 1, seconds: 2 }, problem: null },
        { at: ended(120), event: 'retry', params: { attempt: 2, seconds: 8 }, problem: null },
        { at: ended(214), event: 'sent', params: { version: row.version_to }, problem: null },
        { at: ended(230), event: 'boot', params: {}, problem: null },
      ],
    });
  },
  'jobs.customers': () =>
    CUSTOMERS.map((customer, index) => ({
      ...customer,
      state: pick(['running', 'failed', 'done'] as const, index),
      counts: counts({ done: 4 + index, failed: index === 1 ? 2 : 0, waiting: index === 2 ? 0 : 3 }),
    })),
  'jobs.preview': ({ schedule }) => {
    if (schedule.kind === 'repeat' && schedule.rule.startsWith('often'))
      throw new WireError({
        code: 'form.invalid',
        fields: [{ field: 'schedule.rule', code: 'field.not-a-choice', params: {} }],
      });
    if (schedule.kind === 'at') return starts.slice(0, 1);
    return schedule.kind === 'windows' ? starts.map((start) => ({ ...start, until: start.at + 3 * HOUR })) : starts;
  },
  'jobs.pause': ({ ids }) =>
    ids.map((id, index) => ({ id, problem: index % 2 === 1 ? failure('right.missing') : null })),
  'jobs.retry': () => ({ id: jobId(1), name: 'Retry', skipped: [] }),
  'jobs.copy': () => ({ id: jobId(2), name: 'Copy', skipped: [] }),
  'devices.plan_upgrade': ({ ids }) => ({
    chosen: ids.length,
    devices: Math.max(1, ids.length - 7),
    customers: 38,
    restarts: Math.max(1, ids.length - 7) + 31,
    groups: [
      {
        model: 'P3265-LVE',
        from: '12.6.85',
        path: [{ version: '12.7.61', package: 'p-1', size: 94_000_000, verified: true }],
        missing: [],
        devices: 120,
        minutes: 6,
      },
      {
        model: 'P3265-LVE',
        from: '10.12.153',
        path: [
          { version: '11.11.178', package: 'p-2', size: 82_000_000, verified: true },
          { version: '12.7.61', package: 'p-1', size: 94_000_000, verified: true },
        ],
        missing: [],
        devices: 31,
        minutes: 13,
      },
      {
        model: 'Q6135-LE',
        from: '9.80.2',
        path: [{ version: '12.7.61', package: 'p-3', size: 101_000_000, verified: false }],
        missing: ['10.12'],
        devices: 4,
        minutes: 7,
      },
    ],
    skipped: [],
    excluded: [
      {
        problem: 'device.unreachable',
        count: 4,
        devices: ['B4-Gate-01', 'CS-Dome-03', '救急-入口-2'].map((name, index) => ({
          id: `x${index}`,
          name,
          customer: 'Kaufhaus Bergmann GmbH',
          version: '11.11.141',
        })),
      },
      {
        problem: 'device.not-this-kind',
        count: 3,
        devices: [{ id: 'x9', name: 'KTH-NVR-04', customer: '桜屋百貨店 Sakuraya Stores', version: '' }],
      },
    ],
  }),
  'devices.upgrade': () => ({ id: jobId(0), name: 'Upgrade', skipped: [] }),
};
