import { describe, expect, it } from 'vitest';
import { canSave, savePlan, stepOf, timeLeft } from './progress';
import { counts, importView } from './testing';

const test = { work: 'w1', done: 0, total: 400, at_once: 64, started_at: 1000, gives_accounts: false };

describe('how far an import is', () => {
  it('goes from check over test to save', () => {
    const at = (more: Parameters<typeof counts>[0]): number => stepOf(importView({ counts: counts(more) }));
    expect(at({ all: 3, new: 3, untested: 3 })).toBe(1);
    expect(at({ all: 3, new: 3, untested: 2, savable: 1 })).toBe(2);
    expect(at({ all: 3, new: 3, untested: 3, untrusted: 3 })).toBe(2);
    expect(at({ all: 3, new: 3, untested: 3, factory_new: 3 })).toBe(2);
    expect(at({ all: 3, new: 3, savable: 3 })).toBe(3);
    expect(stepOf(importView({ counts: counts({ savable: 3 }), test }))).toBe(2);
  });

  /** CUS-23: *about n s left*, at the pace so far. */
  it('tells the time left, but not too early', () => {
    expect(timeLeft({ ...test, done: 0 }, 60_000)).toBeNull();
    expect(timeLeft({ ...test, done: 3 }, 1500)).toBeNull();
    expect(timeLeft({ ...test, done: 100 }, 11_000)).toBe(30_000);
    expect(timeLeft({ ...test, done: 400 }, 41_000)).toBe(0);
  });

  /** CUS-23: only tested rows are stored; *without contact too* is the other number. */
  it('says what a save stores and what stays behind', () => {
    const view = importView({
      counts: counts({ all: 412, new: 268, update: 61, unchanged: 71, invalid: 12, savable: 174, untested: 155 }),
    });
    const none = { withoutContact: false, firstAccounts: false };
    const nothing = { withoutContact: 0, firstAccounts: 0, folders: 0 };
    expect(savePlan(view, none)).toEqual({ ...nothing, stored: 174, left: 167 });
    expect(savePlan(view, { ...none, withoutContact: true })).toEqual({
      ...nothing,
      stored: 329,
      withoutContact: 155,
      left: 12,
    });
  });

  /** DEV-02, DEV-04: factory-new devices, and folders for them, only once that is switched on. */
  it('counts first accounts and folders as they are chosen', () => {
    const some = { all: 9, new: 9, savable: 4, untested: 5, factory_new: 3 };
    const view = importView({ counts: counts({ ...some, folders: 7, folders_savable: 2, folders_with_accounts: 5 }) });
    const plan = (firstAccounts: boolean) => savePlan(view, { withoutContact: false, firstAccounts });
    expect(plan(false)).toEqual({ stored: 4, withoutContact: 0, firstAccounts: 0, folders: 2, left: 5 });
    expect(plan(true)).toEqual({ stored: 7, withoutContact: 0, firstAccounts: 3, folders: 5, left: 2 });
    expect(canSave({ withoutContact: false }, importView({ counts: counts({ factory_new: 1 }) }))).toBe(true);
    expect(canSave({ withoutContact: false }, importView({ counts: counts({ untested: 1 }) }))).toBe(false);
  });
});
