import { describe, expect, it } from 'vitest';
import type { OfflinePlan, OfflinePlanLine } from '$wire/types';
import { awaitsConfirmation, canIssue, emptyForm, enteredOf, offlineActs, replaceable, sourceKey } from './offline';
import { lotDetails, offlineRow as row } from './testing';

const line = (more: Partial<OfflinePlanLine> = {}): OfflinePlanLine => ({
  lot: lotDetails(),
  quantity: 4,
  source: 'wallet',
  from: '2026-01-01',
  until: '2026-12-31',
  ...more,
});

const plan = (more: Partial<OfflinePlan> = {}): OfflinePlan => ({
  today: '2026-01-01',
  expires: '2026-04-01',
  need: [],
  lines: [line()],
  kept: [],
  missing: [],
  years: [],
  ...more,
});

describe('systems without a network', () => {
  it('lead to what their state allows (LIC-51)', () => {
    expect(offlineActs(row(), '2026-01-01')).toEqual(['issue', 'returned']);
    const pending = row({ state: 'pending', waits: false, expires: '2026-04-01' });
    expect(awaitsConfirmation(pending)).toBe(true);
    expect(awaitsConfirmation(row())).toBe(false);
    expect(awaitsConfirmation(row({ state: 'licensed', waits: false }))).toBe(false);
    expect(offlineActs(pending, '2026-04-01')).toEqual(['save', 'confirmed', 'returned']);
    expect(offlineActs(pending, '2026-04-02')).toEqual(['save', 'confirmed', 'lapse', 'returned']);
    expect(offlineActs(row({ state: 'returned', waits: false }), '2026-01-01')).toEqual([]);
  });

  it('are replaced where they hold something, and never by themselves (LIC-51)', () => {
    const holds = [{ licence_type: 'core', quantity: 4 }];
    const rows = [
      row({ id: 'a', state: 'licensed', holds }),
      row({ id: 'b', state: 'licensed' }),
      row({ id: 'c', state: 'pending', holds }),
      row({ id: 'd', state: 'licensed', holds }),
    ];
    expect(replaceable(rows, 'd').map(({ id }) => id)).toEqual(['a']);
  });

  it('get a file that covers what they need and is not empty', () => {
    expect(canIssue(undefined)).toBe(false);
    expect(canIssue(plan())).toBe(true);
    expect(canIssue(plan({ missing: [{ licence_type: 'core', quantity: 1 }] }))).toBe(false);
    expect(canIssue(plan({ lines: [] }))).toBe(false);
    expect(canIssue(plan({ lines: [], kept: [line()] }))).toBe(true);
    expect(sourceKey(line(), true)).toBe('licences-offline-source-kept');
    expect(sourceKey(line({ source: 'replaced' }), true)).toBe('licences-offline-source-replaced');
  });

  it('are entered by hand without empty lines and needs of nothing (LIC-50)', () => {
    const form = {
      ...emptyForm(),
      system: ' nvr-1 ',
      hardware: 'A\n\n B \n',
      needs: { core: 4, universal: 0, x: null },
    };
    expect(enteredOf(form)).toEqual({
      system: 'nvr-1',
      version: '',
      hardware: ['A', 'B'],
      needs: [{ licence_type: 'core', quantity: 4 }],
      reference: '',
    });
  });
});
