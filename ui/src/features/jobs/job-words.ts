// What jobs, their states and their steps are called, in the language in force.

import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleStop from '@lucide/svelte/icons/circle-stop';
import CircleX from '@lucide/svelte/icons/circle-x';
import ClockAlert from '@lucide/svelte/icons/clock-alert';
import Pause from '@lucide/svelte/icons/pause';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import UserCheck from '@lucide/svelte/icons/user-check';
import type { IconType } from '$shared/components';
import { errorAction, errorText, format, has, t } from '$shared/i18n';
import type { JobRow, JobState, JobTaskRow, TaskLogLine, TaskState, WaveCounts } from '$wire/types';

const named = (key: string, name: string): string => (has(key) ? t(key) : name);
export const operationWords = (operation: string): string => named(`job-operation-${operation}`, operation);
export const stepWords = (step: string): string => named(`job-step-${step}`, step);

/** How a state of a job is drawn: its sign, and how loud it is. Running is a ring. */
export const JOB_SIGNS: Record<Exclude<JobState, 'running'>, IconType> = {
  scheduled: CalendarClock,
  awaiting_approval: UserCheck,
  paused: Pause,
  completed: CircleCheck,
  completed_with_failures: TriangleAlert,
  failed: CircleX,
  stopped: CircleStop,
  missed: ClockAlert,
};
/** By the class of a state of work. */
export const JOB_TONES: Record<JobState, 'running' | 'waiting' | 'unknown' | 'done' | 'failed' | 'stopped'> = {
  running: 'running',
  scheduled: 'waiting',
  awaiting_approval: 'unknown',
  paused: 'unknown',
  completed: 'done',
  completed_with_failures: 'unknown',
  failed: 'failed',
  stopped: 'stopped',
  missed: 'unknown',
};
const ENDED: readonly JobState[] = ['completed', 'completed_with_failures', 'failed', 'stopped', 'missed'];
export const hasEnded = (state: JobState): boolean => ENDED.includes(state);
/** In the order in which lists show them. */
export const JOB_STATES: readonly JobState[] = [
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

// ── Numbers of systems ──

/** In the order of a bar; what waits is the rest of it. */
export const PARTS = ['done', 'running', 'failed', 'unknown', 'skipped', 'stopped', 'waiting'] as const;
export type Part = (typeof PARTS)[number] & TaskState;
export const allOf = (counts: WaveCounts): number => PARTS.reduce((sum, part) => sum + counts[part], 0);
/** How many have ended: what is unknown has not. */
export const endedOf = (counts: WaveCounts): number => counts.done + counts.failed + counts.skipped + counts.stopped;
/** Unknown counts as failed until it is known (JOB-26). */
export const failuresOf = (counts: WaveCounts): number => counts.failed + counts.unknown;
/** *11 done, 2 running, 134 waiting*. */
export const countWords = (counts: WaveCounts): string =>
  format.list(
    PARTS.filter((part) => counts[part] > 0).map((part) =>
      t('labelled', { label: t(`work-state-${part}`), value: format.number(counts[part]) }),
    ),
  );

const number = (count: number): { count: number; number: string } => ({ count, number: format.number(count) });

/** What there is to say of a job besides its state, in a line. */
export function detailOf(row: JobRow, now: number): string {
  if (row.problem !== null) return errorText(row.problem);
  const parts: string[] = [];
  if (row.repeats) parts.push(t('jobs-repeats'));
  if (!hasEnded(row.state) && row.wave !== null && row.waves > 1)
    parts.push(t('jobs-wave-of', { wave: format.number(row.wave + 1), waves: format.number(row.waves) }));
  if (row.state === 'scheduled' && row.starts_at !== null && row.starts_at > now)
    parts.push(format.relative(row.starts_at, now));
  if (row.counts.failed > 0) parts.push(t('jobs-failed', number(row.counts.failed)));
  if (row.counts.unknown > 0) parts.push(t('jobs-unknown', number(row.counts.unknown)));
  if (row.started_at !== null && row.finished_at !== null)
    parts.push(t('jobs-took', { time: format.duration(row.finished_at - row.started_at) }));
  return parts.join(' · ');
}

// ── A system of a job ──

export const taskName = ({ name, model, host }: Pick<JobTaskRow, 'name' | 'model' | 'host'>): string =>
  name || model || host;
/** What is done now, or how it is. */
export const taskState = ({ state, step }: Pick<JobTaskRow, 'state' | 'step'>): string =>
  state === 'running' && step !== '' ? stepWords(step) : t(`choice-job_tasks-state-${state}`);

/** How long it has been worked on, in milliseconds; null: it has not begun. */
export const taskTime = ({ started_at, finished_at }: JobTaskRow, now: number): number | null =>
  started_at === null ? null : Math.max(0, (finished_at ?? now) - started_at);

/** What there is to say of a system besides its state. */
export function taskMessage(row: JobTaskRow, now: number): string {
  if (row.problem !== null) return errorText(row.problem);
  if (row.state === 'done' && row.version_to !== '') return t('jobs-task-runs', { version: row.version_to });
  if (row.not_before !== null && row.not_before > now && (row.state === 'unknown' || row.state === 'running'))
    return t('jobs-task-again', { when: format.relative(row.not_before, now) });
  return '';
}

// ── The log of a system ──

/** How loud a line is. */
export const logTone = ({ event, problem }: TaskLogLine): 'plain' | 'care' | 'bad' => {
  if (event === 'retry' || event === 'unknown') return 'care';
  return event === 'problem' || (problem !== null && event !== 'skipped') ? 'bad' : 'plain';
};

/** A line in words, with the error that was met. */
export function logWords({ event, params, problem }: TaskLogLine): string {
  const values: Record<string, string | number> = { ...params };
  if (typeof params.step === 'string') values.step = stepWords(params.step);
  if (typeof params.size === 'number') values.size = format.bytes(params.size);
  if (typeof params.seconds === 'number') values.seconds = format.duration(params.seconds * 1000);
  if (typeof params.attempt === 'number') values.attempt = format.number(params.attempt);
  const key = `job-log-${event}`;
  const words = has(key) ? t(key, values) : event;
  return problem === null ? words : t('labelled', { label: words, value: errorText(problem) });
}

/** The whole log as a text that is copied or saved: local times to the second, and what was to be done about errors. */
export const logText = (log: readonly TaskLogLine[]): string =>
  log
    .map((line) => {
      const action = line.problem === null ? null : errorAction(line.problem);
      return `${format.withSeconds(line.at)}  ${logWords(line)}${action === null ? '' : ` (${action})`}`;
    })
    .join('\n');
