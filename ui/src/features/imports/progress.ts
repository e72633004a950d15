// How far an import is. Pure; the time is passed in.

import type { ImportTest, ImportView } from '$wire/types';
import type { Importable } from './importable';

export const STEPS = ['file', 'check', 'test', 'save'] as const;

/** Index of the step an open waiting list is at. */
export function stepOf(view: ImportView): number {
  if (view.test !== null) return 2;
  const { savable, untested, failed } = view.counts;
  if (savable > 0 && untested === 0) return 3;
  return savable > 0 || failed > 0 || view.counts.untrusted > 0 ? 2 : 1;
}

/** Milliseconds left at the pace so far; null: too early to tell. */
export function timeLeft(test: Pick<ImportTest, 'done' | 'total' | 'started_at'>, now: number): number | null {
  const spent = now - test.started_at;
  if (test.done <= 0 || spent < 1000) return null;
  return Math.max(0, ((test.total - test.done) * spent) / test.done);
}

/** Whether there is something to save: without contact only what may be saved so. */
export const canSave = ({ withoutContact }: Pick<Importable, 'withoutContact'>, { counts }: ImportView): boolean =>
  counts.savable + (withoutContact ? counts.untested : 0) > 0;

/** What *Save* would do (CUS-23). */
export interface SavePlan {
  /** Rows that become customers or devices, or change one. */
  stored: number;
  withoutContact: number;
  /** Rows that stay in the waiting list. */
  left: number;
}
export function savePlan(view: ImportView, withoutContact: boolean): SavePlan {
  const { all, savable, untested, unchanged } = view.counts;
  const more = withoutContact ? untested : 0;
  return { stored: savable + more, withoutContact: more, left: all - savable - more - unchanged };
}
