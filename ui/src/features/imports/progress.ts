// How far an import is. Pure; the time is passed in.

import type { ImportTest, ImportView } from '$wire/types';
import type { Importable } from './importable';

export const STEPS = ['file', 'check', 'test', 'save'] as const;

/** Index of the step an open waiting list is at. */
export function stepOf(view: ImportView): number {
  if (view.test !== null) return 2;
  const { savable, untested, failed, untrusted, factory_new: factoryNew } = view.counts;
  if (savable > 0 && untested === 0) return 3;
  return savable + failed + untrusted + factoryNew > 0 ? 2 : 1;
}

/** Milliseconds left at the pace so far; null: too early to tell. */
export function timeLeft(test: Pick<ImportTest, 'done' | 'total' | 'started_at'>, now: number): number | null {
  const spent = now - test.started_at;
  if (test.done <= 0 || spent < 1000) return null;
  return Math.max(0, ((test.total - test.done) * spent) / test.done);
}

/** Whether there is something to save: without contact only what may be saved so, factory-new devices with their first account. */
export const canSave = ({ withoutContact }: Pick<Importable, 'withoutContact'>, { counts }: ImportView): boolean =>
  counts.savable + counts.factory_new + (withoutContact ? counts.untested : 0) > 0;

/** What *Save* would do (CUS-23). */
export interface SavePlan {
  /** Rows that become customers or devices, or change one. */
  stored: number;
  withoutContact: number;
  /** Factory-new devices that are given their first account before (DEV-02). */
  firstAccounts: number;
  /** Folders that are made for them (DEV-04). */
  folders: number;
  /** Rows that stay in the waiting list. */
  left: number;
}
export interface SaveChoices {
  withoutContact: boolean;
  firstAccounts: boolean;
}
export function savePlan({ counts }: ImportView, choices: SaveChoices): SavePlan {
  const withoutContact = choices.withoutContact ? counts.untested : 0;
  const firstAccounts = choices.firstAccounts ? counts.factory_new : 0;
  const stored = counts.savable + withoutContact + firstAccounts;
  return {
    stored,
    withoutContact,
    firstAccounts,
    folders: choices.firstAccounts ? counts.folders_with_accounts : counts.folders_savable,
    left: counts.all - stored - counts.unchanged,
  };
}
