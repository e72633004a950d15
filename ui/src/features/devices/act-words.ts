// What acts on devices and their results are called, in the language in force.

import { errorAction, errorCodeText, errorText, format, has, t } from '$shared/i18n';
import type { DeviceAct, DeviceActCounts, DeviceResultRow, DeviceResultState, ErrorCode } from '$wire/types';

/** *Change the password of “ops” on 214 devices*. */
export const actTitle = ({ kind, about, counts }: Pick<DeviceAct, 'kind' | 'about' | 'counts'>): string =>
  t(`devices-act-${kind}`, { count: counts.all, number: format.number(counts.all), about });

/** The results that a tile stands for. */
export type ResultGroup = 'all' | 'failed' | 'unknown' | 'running' | 'waiting' | 'left' | 'done';
export const RESULT_GROUPS: readonly ResultGroup[] = ['all', 'failed', 'unknown', 'running', 'waiting', 'left', 'done'];
export const STATES_OF: Record<Exclude<ResultGroup, 'all'>, readonly DeviceResultState[]> = {
  failed: ['failed'],
  unknown: ['unknown'],
  running: ['running'],
  waiting: ['waiting'],
  left: ['cancelled', 'interrupted'],
  done: ['done'],
};
export const countOf = (counts: DeviceActCounts, group: ResultGroup): number => counts[group];

/** What an act can be done again with: everything that is not done, under way or still to come. */
export const RETRIED: readonly DeviceResultState[] = ['failed', 'unknown', 'cancelled', 'interrupted'];
export const isRetried = (state: DeviceResultState): boolean => RETRIED.includes(state);

/** Why several failed, in common: without what only one of them would say. */
export function reasonWords(code: ErrorCode): string {
  const key = `devices-reason-${code.replaceAll('.', '-')}`;
  return has(key) ? t(key) : errorCodeText(code);
}

/** How a result is drawn. */
export const WORK_STATES = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: 'skipped',
  interrupted: 'stopped',
} as const satisfies Record<DeviceResultState, string>;

/** Why it was not done; empty: it was, or its turn has not come. */
export const messageOf = (row: DeviceResultRow): string => (row.problem === null ? '' : errorText(row.problem));
export const remedyOf = (row: DeviceResultRow): string =>
  row.problem === null ? '' : (errorAction(row.problem) ?? '');
/** How it is called where its name is not known. */
export const nameOf = (row: Pick<DeviceResultRow, 'name' | 'model' | 'host'>): string =>
  row.name || row.model || row.host;
/** What tells two devices of one model apart: the address, and the serial number where it is known. */
export const apartWords = ({ host, serial }: { host: string; serial: string }): string =>
  [host, serial].filter((part) => part !== '').join(' · ');
