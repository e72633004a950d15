import { describe, expect, it } from 'vitest';
import { savePlan, stepOf, timeLeft } from './progress';
import { counts, importView } from './testing';

const test = { work: 'w1', done: 0, total: 400, at_once: 64, started_at: 1000 };

describe('how far an import is', () => {
  it('goes from check over test to save', () => {
    const at = (more: Parameters<typeof counts>[0]): number => stepOf(importView({ counts: counts(more) }));
    expect(at({ all: 3, new: 3, untested: 3 })).toBe(1);
    expect(at({ all: 3, new: 3, untested: 2, savable: 1 })).toBe(2);
    expect(at({ all: 3, new: 3, untested: 3, untrusted: 3 })).toBe(2);
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
    expect(savePlan(view, false)).toEqual({ stored: 174, withoutContact: 0, left: 167 });
    expect(savePlan(view, true)).toEqual({ stored: 329, withoutContact: 155, left: 12 });
  });
});
