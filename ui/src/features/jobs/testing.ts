// Jobs for tests and for the component sheet.

import { packIds } from '$shared/lists';
import type { Handlers } from '$platform/fake';
import type {
  JobAct,
  JobRow,
  JobState,
  JobTaskRow,
  JobTaskView,
  JobView,
  ListDescription,
  TaskState,
  WaveCounts,
  WaveView,
} from '$wire/types';

export const jobId = (index: number): string => `01a00000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
export const taskId = (index: number): string => `01b00000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

export const counts = (some: Partial<WaveCounts> = {}): WaveCounts => ({
  waiting: 0,
  running: 0,
  done: 0,
  skipped: 0,
  failed: 0,
  unknown: 0,
  stopped: 0,
  ended_at: null,
  ...some,
});

export const jobRow = (more: Partial<JobRow> = {}): JobRow => ({
  id: jobId(0),
  name: 'Upgrade berth cameras',
  operation: 'device-upgrade',
  about: '12.7.61',
  state: 'running',
  customers: [{ id: 'o1', name: 'Werft Nord' }],
  customer_count: 1,
  counts: counts({ waiting: 4, running: 1, done: 3, failed: 1 }),
  starts_at: 1_800_000_000_000,
  started_at: 1_800_000_000_000,
  finished_at: null,
  repeats: false,
  series: null,
  retry_of: null,
  problem: null,
  priority: 500,
  created_by: 'maren',
  created_at: 1_799_990_000_000,
  waves: 1,
  wave: 0,
  revision: 1,
  ...more,
});

export const waveView = (more: Partial<WaveView> = {}): WaveView => ({
  number: 0,
  state: 'running',
  counts: counts({ done: 3, running: 1, failed: 1, waiting: 4 }),
  rule: null,
  soaked_at: null,
  ...more,
});

export const jobView = (more: Partial<JobView> = {}): JobView => ({
  row: jobRow(),
  schedule: { kind: 'now' },
  rollout: { waves: [], threshold: null },
  waves: [waveView()],
  tolerance_minutes: 120,
  approved_by: '',
  approval_needed: false,
  window_until: null,
  next_at: null,
  next_starts: [],
  allowed: ['pause', 'stop', 'copy'] satisfies JobAct[],
  runs: [],
  steps: ['connect', 'check', 'upload', 'restart', 'prove'],
  ...more,
});

export const taskRow = (more: Partial<JobTaskRow> = {}): JobTaskRow => ({
  id: taskId(0),
  job: jobId(0),
  system: 's0',
  organization: 'o1',
  customer: 'Werft Nord',
  name: 'B4-Gate-1',
  host: '10.44.4.31',
  model: 'P3265-LVE',
  serial: 'B8A44F1C20D7',
  wave: 0,
  state: 'running',
  step: 'upload',
  percent: 62,
  attempt: 1,
  not_before: null,
  version_from: '11.11.141',
  version_to: '12.7.61',
  problem: null,
  certificate: null,
  started_at: 1_800_000_010_000,
  finished_at: null,
  ...more,
});

export const taskView = (more: Partial<JobTaskView> = {}): JobTaskView => ({
  row: taskRow(),
  steps: [
    { name: 'connect', began_at: 1_800_000_010_000, ended_at: 1_800_000_011_000 },
    { name: 'upload', began_at: 1_800_000_011_000, ended_at: null },
    { name: 'prove', began_at: null, ended_at: null },
  ],
  log: [
    { at: 1_800_000_010_000, event: 'began', params: {}, problem: null },
    { at: 1_800_000_011_000, event: 'runs', params: { version: '11.11.141' }, problem: null },
    { at: 1_800_000_012_000, event: 'image', params: { name: 'P3265.bin', size: 94_000_000 }, problem: null },
    { at: 1_800_000_040_000, event: 'retry', params: { attempt: 1, seconds: 2 }, problem: null },
  ],
  ...more,
});

const columns = (
  ...some: [string, ListDescription['columns'][number]['kind'], boolean?, string[]?][]
): ListDescription['columns'] =>
  some.map(([name, kind, shown = true, choices = []]) => ({
    name,
    kind,
    choices,
    sortable: true,
    filterable: true,
    searchable: kind === 'text',
    default_visible: shown,
  }));

const JOB_STATES: JobState[] = [
  'running',
  'paused',
  'awaiting_approval',
  'scheduled',
  'failed',
  'completed_with_failures',
  'missed',
  'stopped',
  'completed',
];
const TASK_STATES: TaskState[] = ['waiting', 'running', 'done', 'skipped', 'failed', 'unknown', 'stopped'];
const OPERATIONS = ['device-upgrade', 'device-restart', 'device-roll-back', 'device-factory-default'];

export const jobsDescription: ListDescription = {
  list: 'jobs',
  columns: columns(
    ['name', 'text'],
    ['customers', 'text'],
    ['operation', 'choice', true, OPERATIONS],
    ['about', 'text', false],
    ['state', 'choice', true, JOB_STATES],
    ['starts_at', 'time'],
    ['started_at', 'time', false],
    ['finished_at', 'time', false],
    ['targets', 'number', false],
    ['failed', 'number', false],
    ['created_by', 'text'],
    ['created_at', 'time', false],
    ['priority', 'number', false],
  ),
  layout: null,
};
export const tasksDescription: ListDescription = {
  list: 'job_tasks',
  columns: columns(
    ['job', 'id', false],
    ['state', 'choice', true, TASK_STATES],
    ['name', 'text'],
    ['customer', 'text'],
    ['host', 'text'],
    ['model', 'text'],
    ['serial', 'text'],
    ['step', 'choice', true, ['connect', 'check', 'upload', 'restart', 'prove']],
    ['wave', 'number'],
    ['version_from', 'version'],
    ['version_to', 'version'],
    ['started_at', 'time'],
    ['finished_at', 'time'],
  ),
  layout: null,
};

/** A host that has these jobs, and these systems of the first of them. */
export const jobHandlers = (jobs: readonly JobView[], tasks: readonly JobTaskRow[]): Handlers => {
  const find = (id: string): JobView | undefined => jobs.find(({ row }) => row.id === id);
  return {
    'lists.describe': ({ list }) => (list === 'job_tasks' ? tasksDescription : { ...jobsDescription, list }),
    'lists.views': () => [],
    'lists.values': () => ({ values: [], rows: jobs.length }),
    'jobs.index': () => packIds(jobs.map(({ row }) => row.id)),
    'jobs.window': ({ ids }) => ids.flatMap((id) => find(id)?.row ?? []),
    'jobs.job': ({ id }) => find(id) as JobView,
    'job_tasks.index': () => packIds(tasks.map(({ id }) => id)),
    'job_tasks.window': ({ ids }) => ids.flatMap((id) => tasks.find((one) => one.id === id) ?? []),
    'jobs.task': ({ id }) => taskView({ row: tasks.find((one) => one.id === id) ?? taskRow({ id }) }),
    'jobs.customers': () => [
      {
        id: 'o1',
        name: 'Werft Nord',
        state: 'running',
        counts: counts({ done: 3, running: 1, failed: 1, waiting: 4 }),
      },
    ],
    'jobs.summary': () => ({
      running: jobs.map(({ row }) => row).filter(({ state }) => state === 'running'),
      running_count: jobs.filter(({ row }) => row.state === 'running').length,
      held_count: jobs.filter(({ row }) => row.state === 'paused').length,
    }),
  };
};
