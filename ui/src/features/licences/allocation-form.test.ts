import { describe, expect, it } from 'vitest';
import {
  beyond,
  choiceOf,
  needsYes,
  numberOf,
  raise,
  readiness,
  standIns,
  sums,
  taken,
  unasked,
} from './allocation-form';
import type { PlannedYear } from '$wire/types';
import { allocationPlan, lotDetails, plannedYear } from './testing';

/** LIC-30: the number can be raised, never lowered. */
describe('raising', () => {
  it('takes a higher number and goes back to the proposal for a lower one', () => {
    const raised = raise(new Map(), 2, 'core', 24, 30);
    expect(numberOf(raised, 2, 'core', 24)).toBe(30);
    const lowered = raise(raised, 2, 'core', 24, 12);
    expect(numberOf(lowered, 2, 'core', 24)).toBe(24);
    expect(choiceOf(1, lowered, 2, false).quantities).toEqual([]);
    expect(numberOf(raise(raised, 2, 'core', 24, Number.NaN), 2, 'core', 24)).toBe(24);
  });

  it('follows a proposal that has grown past what was raised', () => {
    expect(numberOf(raise(new Map(), 2, 'core', 24, 30), 2, 'core', 36)).toBe(36);
  });

  it('asks for the raised numbers alone, and for none of a year that was taken away', () => {
    const raised = raise(raise(new Map(), 2, 'core', 24, 30), 3, 'hd:7', 0, 5);
    expect(choiceOf(2, raised, 2, true)).toEqual({
      first_year: 2,
      years: 2,
      quantities: [
        { year: 2, licence_type: 'core', quantity: 30 },
        { year: 3, licence_type: 'hd:7', quantity: 5 },
      ],
      lots: [],
      first_day: null,
      beyond_need: true,
    });
    expect(choiceOf(1, raised, 2, false).quantities).toEqual([{ year: 2, licence_type: 'core', quantity: 30 }]);
  });
});

/** LIC-30, LIC-24 */
describe('confirming', () => {
  it('is possible when the wallet covers all of it', () => {
    expect(readiness(allocationPlan(), false)).toBe('ready');
    expect(readiness(allocationPlan(24, { missing: [{ licence_type: 'core', quantity: 1 }] }), true)).toBe('missing');
    expect(readiness(allocationPlan(24, { lines: [] }), true)).toBe('nothing');
  });

  it('takes more than the need only after a yes of its own', () => {
    const more = allocationPlan(30);
    expect(beyond(more.years)).toBe(6);
    expect(readiness(more, false)).toBe('ask');
    expect(readiness(more, true)).toBe('ready');
  });

  it('asks also when a licence of several years fills a place of a chosen year that nobody asked for', () => {
    const lot = lotDetails({ term: 3 });
    const lines = [{ year: 2, quantity: 24, lot, left: 6 }];
    // The years after the chosen one need no yes.
    expect(needsYes(allocationPlan(24, { lines, surplus: 48 }))).toBe(false);
    const two = allocationPlan(24, { lines, years: [plannedYear(2, 24), plannedYear(3, 10)], surplus: 38 });
    expect(unasked(two)).toBe(14);
    expect(readiness(two, false)).toBe('ask');
  });

  /** LIC-01: licences that stand in for another type fill places that were asked for. */
  it('wants no yes for licences that stand in, and says of which type they are', () => {
    const core = { ...plannedYear(2, 5), types: [{ ...plannedYear(2, 5).types[0], substituted: 3 }] } as PlannedYear;
    const lines = [
      { year: 2, quantity: 2, lot: lotDetails(), left: 0 },
      { year: 2, quantity: 3, lot: lotDetails({ lot: 'l2', licence_type: 'universal' }), left: 1 },
    ];
    const plan = allocationPlan(5, { years: [core], lines });
    expect(standIns(plan, core)).toEqual(['universal']);
    expect(unasked(plan)).toBe(0);
    expect(readiness(plan, false)).toBe('ready');
    const [first, second] = lines;
    const more = { ...plan, lines: [first, { ...second, quantity: 7 }] as typeof lines };
    expect(unasked(more)).toBe(4);
  });

  it('sums what is needed, taken and held by type; licences without a term are not for years', () => {
    const plan = allocationPlan(24);
    const wallet = [
      { licence_type: 'core', term: 1, quantity: 12 },
      { licence_type: 'core', term: 3, quantity: 30 },
      { licence_type: 'core', term: 0, quantity: 7 },
    ];
    expect(sums(plan, wallet)).toEqual([
      { licence_type: 'core', quantity: 24, taken: 24, inWallet: 42, returned: 0, leftAfter: 18 },
    ]);
    expect(taken(plan)).toBe(24);
  });

  /** LIC-32, LIC-33: ten of ten are allocated 182 days late, and four licences of one year come back. */
  it('counts what comes back into what the wallet holds afterwards', () => {
    const credit = {
      licence_type: 'core',
      licences: 10,
      days: 182,
      year_days: 365,
      residual_before: 0,
      credit: 4,
      residual_after: 360,
    };
    const late = allocationPlan(10, { credits: [credit, { ...credit, licence_type: 'universal', credit: 7 }] });
    expect(sums(late, [{ licence_type: 'core', term: 1, quantity: 10 }])).toMatchObject([
      { licence_type: 'core', taken: 10, inWallet: 10, returned: 4, leftAfter: 4 },
    ]);
  });
});
