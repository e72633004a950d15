import { describe, expect, it } from 'vitest';
import { setLanguage } from '$shared/i18n';
import { accountWords } from './account-words';
import {
  applied,
  assumptions,
  changedFields,
  formOf,
  parseCatalogue,
  valueOf,
  type CatalogueProduct,
} from './catalogue';
import { monthsFrom } from './months';
import { anniversary, emptyRow, problemsOf, yearsFrom } from './opening';
import { newOperation, screenName } from './operation.svelte';
import { between, dayAfter, daysLeft, endingsWithin, isTab, lastOfDays, lastShelfDay, productPath } from './paths';
import { accountsOf, counts } from './postings.svelte';
import { subscription } from './testing';
import { productDetails } from './testing';
import { linesFor, sameNumbers } from './transfer-form';

/** LIC-75 */
describe('the calendar', () => {
  it('begins with today, and ends with all that lies later', () => {
    const months = monthsFrom('2025-12-20', 3);
    expect(months).toEqual([
      { key: '2025-12', from: '2025-12-20', to: '2025-12-31' },
      { key: '2026-01', from: '2026-01-01', to: '2026-01-31' },
      { key: '2026-02', from: '2026-02-01', to: '2026-02-28' },
      { key: 'later', from: '2026-03-01', to: null },
    ]);
  });

  it('leads to what ends within some days, without what is covered', () => {
    const address = new URLSearchParams(endingsWithin('2026-01-22', 90).split('?')[1]);
    expect(JSON.parse(address.get('filter') ?? '')).toEqual([
      { column: 'date', test: { kind: 'range', from: 20_475, to: 20_564 } },
      { column: 'quiet', test: { kind: 'yes_no', value: false } },
    ]);
    expect(dayAfter('2026-01-22', 90)).toBe('2026-04-22');
    // What ends on the last of so many days has so many days left.
    expect(daysLeft('2026-01-22', lastOfDays('2026-01-22', 90))).toBe(90);
    expect(daysLeft('2026-03-01', '2026-02-28')).toBe(0);
    expect(lastShelfDay('2031-03-01')).toBe('2031-02-28');
    expect(between('date', null, null).test).toEqual({ kind: 'range', from: null, to: null });
  });
});

it('has an address for each part of a product', () => {
  expect(productPath('o1', 'a b', 'wallet')).toBe('/licences/of/o1/a%20b/wallet');
  expect(isTab('wallet') && !isTab('redeem') && !isTab(undefined)).toBe(true);
  expect(screenName('/licences/of/o1/p/wallet')).toBe('wallet');
  expect(screenName('/licences/of/o1')).toBe('products');
  expect(screenName('/licences')).toBe('licences');
});

/** LIC-61 */
it('makes operation ids that are UUIDs, each another', () => {
  const ids = new Set(Array.from({ length: 200 }, newOperation));
  expect(ids.size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

/** LIC-60, LIC-24 */
describe('postings of a number', () => {
  const posting = (account: string, term: number | null) => ({
    number: 1,
    entry: 'e1',
    kind: 'allocated',
    day: '2026-01-08',
    account,
    licence_type: 'core',
    term,
    lot: 'l1',
    key: '',
    amount: 1,
  });

  it('of a year are also those of licences that began earlier and still count', () => {
    expect(accountsOf('year:6')).toEqual(['year:2', 'year:3', 'year:4', 'year:5', 'year:6']);
    expect(accountsOf('year:1')).toEqual(['year:0', 'year:1']);
    expect(accountsOf('wallet')).toEqual(['wallet']);
    expect(counts(posting('year:4', 3), 'year:6')).toBe(true);
    expect(counts(posting('year:4', 2), 'year:6')).toBe(false);
    expect(counts(posting('year:6', 1), 'year:6')).toBe(true);
  });

  it('never count licences and licence-days together', () => {
    expect(counts(posting('residual', null), 'residual')).toBe(true);
    expect(counts(posting('residual', 1), 'residual')).toBe(false);
    expect(counts(posting('wallet', null), 'wallet')).toBe(false);
  });

  it('say their account, a year by its days', async () => {
    expect(accountWords('year:2', subscription())).toBe('Allocated to 2026–27');
    // Of years that are over for long the core tells nothing.
    expect(accountWords('year:0', subscription())).toBe('Allocated to 2024–25');
    expect(accountWords('year:0', subscription({ first_day: '2025-01-01' }))).toBe('Allocated to 2025');
    expect(accountWords('year:1', subscription({ start: '2024-02-29' }))).toBe('Allocated to 2025–26');
    expect(accountWords('year:9', null)).toBe('Allocated to a subscription year');
    expect(accountWords('frozen:waiting', null)).toBe('Frozen');
    await setLanguage('ja');
    expect(accountWords('system:01890000-0000-7000-8000-000000000001', null)).toBe('システムに割り当て');
    expect(accountWords('something:new', null)).toBe('something:new');
  });
});

/** LIC-45 */
describe('the lots of a transfer', () => {
  const rows = [
    { lot: 'l1', term: 1, licence_type: 'core' },
    { lot: 'l2', term: 3, licence_type: 'core' },
  ] as never;
  const asked = [{ licence_type: 'core', term: 1, quantity: 8 }];

  it('come to exactly what was chosen, by type and term', () => {
    expect(sameNumbers([{ lot: 'l1', quantity: 8 }], rows, asked)).toBe(true);
    expect(sameNumbers([{ lot: 'l1', quantity: 7 }], rows, asked)).toBe(false);
    expect(sameNumbers([{ lot: 'l2', quantity: 8 }], rows, asked)).toBe(false);
    expect(sameNumbers([{ lot: 'l9', quantity: 8 }], rows, asked)).toBe(false);
    expect(
      sameNumbers(
        [
          { lot: 'l1', quantity: 8 },
          { lot: 'l2', quantity: 1 },
        ],
        rows,
        asked,
      ),
    ).toBe(false);
  });

  it('are each named once', () => {
    const line = (lot: string, quantity: number) => ({ lot: { lot }, quantity });
    const plan = { customer: '', waits: false, lines: [line('l1', 5), line('l2', 1), line('l1', 3)] } as never;
    expect(linesFor(plan)).toEqual([
      { lot: 'l1', quantity: 8 },
      { lot: 'l2', quantity: 1 },
    ]);
  });
});

/** LIC-64, LIC-10, LIC-12 */
describe('an opening balance', () => {
  const { terms, today } = productDetails();

  it('counts its years from the start, also from a leap day', () => {
    expect(anniversary('2024-02-29', 1)).toBe('2025-02-28');
    expect(anniversary('2024-02-29', 4)).toBe('2028-02-29');
    expect(yearsFrom('2024-01-15', '2026-01-22', 5).at(-1)).toEqual({ year: 7, from: '2031-01-15' });
    expect(yearsFrom('2024-01-23', '2026-01-22', 5).at(-1)).toEqual({ year: 6, from: '2030-01-23' });
  });

  it('tells what is wrong with a lot', () => {
    const row = { ...emptyRow(terms), redeemed: '2026-01-23' };
    expect(problemsOf(row, terms, today)).toEqual(['future', 'nothing']);
    expect(problemsOf({ ...row, redeemed: today, wallet: 1, term: 9 }, terms, today)).toEqual(['term']);
  });
});

/** LIC-01 */
describe('the catalogue', () => {
  const product: CatalogueProduct = {
    id: 'p',
    name: 'Product',
    types: [],
    trial_days: 90,
    facts: [
      { field: 'grace_days', source: 'Manual', date: '2025-12-01' },
      { field: 'trial_days', source: 'Flotilla', date: '2026-11-26', assumption: true },
    ],
  };

  it('shows what holds where the file says nothing', () => {
    expect(valueOf(product, 'grace_days')).toBe(30);
    expect(valueOf(product, 'transferable')).toBe(true);
    expect(assumptions(product)).toBe(1);
  });

  it('changes a fact together with where it comes from, and leaves the others', () => {
    const form = formOf(product, '2026-12-01');
    expect(changedFields(product, form)).toEqual([]);
    form.numbers.trial_days = 60;
    form.source = ' Price list ';
    expect(changedFields(product, form)).toEqual(['trial_days']);
    const next = applied(product, form);
    expect(next.trial_days).toBe(60);
    expect(next.facts).toEqual([
      { field: 'grace_days', source: 'Manual', date: '2025-12-01' },
      { field: 'trial_days', source: 'Price list', date: '2026-12-01', assumption: false },
    ]);
    expect('grace_days' in next).toBe(false);
  });

  it('takes a file for a catalogue only when it has products', () => {
    expect(parseCatalogue('{"products": []}')?.products).toEqual([]);
    expect(parseCatalogue('{"product": []}')).toBeNull();
    expect(parseCatalogue('null')).toBeNull();
    expect(parseCatalogue('not JSON')).toBeNull();
  });
});
