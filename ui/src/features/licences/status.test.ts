import { describe, expect, it } from 'vitest';
import { setLanguage } from '$shared/i18n';
import type { StatusKind } from '$wire/types';
import { covered, leftWords, nextStep, possible, shortNow, statusWords, STATUSES, stepWords, yearName } from './status';
import { productDetails, productLine, subscription, yearDetails } from './testing';

const TODAY = '2026-01-22';
const dated = (kind: StatusKind) => ({ kind, date: '2026-02-13', due: 6 });

/** LIC-04 */
describe('a status in words', () => {
  it.each([
    ['en', 'Renewal due, grace until 13 Feb 2026', 'Beyond the growth allowance by 6'],
    ['fr', 'À renouveler, délai de grâce jusqu’au 13 févr. 2026', 'Croissance autorisée dépassée de 6'],
    ['ja', '更新が必要、猶予期間は 2026年2月13日まで', '増加許容数を 6 超過'],
  ] as const)('has its date and its number in %s', async (language, due, growth) => {
    await setLanguage(language);
    expect(statusWords(dated('renewal_due'))).toBe(due);
    expect(statusWords(dated('beyond_growth'))).toBe(growth);
  });

  it('has words for every status in every language', async () => {
    for (const language of ['en', 'fr', 'ja'] as const) {
      await setLanguage(language);
      for (const kind of STATUSES) expect(statusWords(dated(kind))).not.toContain('licences-');
    }
  });
});

/** LIC-03 */
describe('the next step', () => {
  it.each([
    ['not_registered', 0, 0, 'register'],
    ['registered', 0, 0, 'start'],
    ['trial', 0, 0, 'start'],
    ['trial_ended', 0, 0, 'start'],
    ['started', 24, 24, 'allocate'],
    ['renewal_due', 24, 23, 'redeem'],
    ['unlicensed', 24, 0, 'redeem'],
    // Of a subscription that was ended nothing is short.
    ['unlicensed', 0, 10, null],
    ['beyond_growth', 6, 6, 'allocate'],
    ['nothing_needed', 0, 10, null],
    ['archived', 24, 24, null],
  ] as const)('of %s with %i short and %i in the wallet is %s', (kind, shortage, wallet, step) => {
    expect(nextStep(productLine({ status: dated(kind), shortage, wallet }), TODAY)).toBe(step);
  });

  it('is renewing as soon as a licensed year ends within 90 days', () => {
    const licensed = (next_date: string, wallet: number) =>
      nextStep(productLine({ status: { kind: 'licensed', date: next_date, due: 0 }, next_date, wallet }), TODAY);
    expect(licensed('2026-04-21', 10)).toBe('allocate');
    expect(licensed('2026-04-21', 0)).toBe('redeem');
    expect(licensed('2026-04-22', 10)).toBeNull();
    expect(stepWords('allocate', 'licensed')).toBe('Renew…');
    expect(stepWords('allocate', 'renewal_due')).toBe('Allocate…');
  });

  it('leaves what cannot be done out of what is offered', () => {
    expect([...possible(productDetails({ registered: null }))]).toEqual(['register']);
    expect(possible(productDetails({ status: { kind: 'archived', date: null, due: 0 } })).size).toBe(0);
    const running = possible(productDetails());
    expect(running.has('allocate') && running.has('end') && running.has('transfer')).toBe(true);
    expect(running.has('start')).toBe(false);
    expect(possible(productDetails({ subscription: subscription({ ended: '2026-01-20' }) })).has('allocate')).toBe(
      false,
    );
    expect(possible(productDetails({ wallet: [] })).has('transfer')).toBe(false);
    // A trial runs once.
    const fresh = { subscription: null, trial: null };
    expect(possible(productDetails(fresh)).has('trial')).toBe(true);
    expect(possible(productDetails({ ...fresh, trial: { start: TODAY, until: TODAY } })).has('trial')).toBe(false);
  });
});

describe('a year', () => {
  it('is called by its days', () => {
    expect(yearName({ from: '2026-01-15', until: '2027-01-14' })).toBe('2026–27');
    expect(yearName({ from: '2026-01-01', until: '2026-12-31' })).toBe('2026');
  });

  it('is covered by the share of its need that is not short', () => {
    expect(covered(yearDetails(2))).toBeCloseTo(60 / 84);
    expect(covered(yearDetails(2, { types: [] }))).toBe(0);
    expect(covered(yearDetails(0, { state: 'past' }))).toBe(1);
  });

  it('tells what is short now, of the present year alone', () => {
    expect(shortNow(productDetails())).toEqual([{ name: 'Core', quantity: 24 }]);
    const licensed = subscription({ years: [yearDetails(2, { state: 'licensed' })] });
    expect(shortNow(productDetails({ subscription: licensed }))).toEqual([]);
  });
});

/** LIC-11: on the first of 30 days of grace 30 days are left, and on the last one a day. */
it('counts what is left to a last day with that day and today', () => {
  const words = (day: string): string => leftWords('2026-01-01', day);
  expect(['2026-01-30', '2026-01-02', '2026-01-01'].map(words)).toEqual(['30 days left', '2 days left', '1 day left']);
  expect(['2025-12-31', '2025-12-29'].map(words)).toEqual(['1 day ago', '3 days ago']);
});
