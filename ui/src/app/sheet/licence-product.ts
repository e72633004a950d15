// One product of an organization, its years, and what allocating them comes to, for the component sheet.

import type { AllocationPlan, PostingRow, ProductDetails, ProductLine, YearDetails } from '$wire/types';
import type { CatalogueFile } from '$features/licences/catalogue';
import { idOf } from './fleet';
import { DAY, IDS, NAME, ORGANIZATION, PRODUCT, PRODUCTS, TODAY, dayOf, pick } from './licence-basis';
import { lots } from './licence-lists';

const MANUAL = 'AXIS License Manager, manuel d’utilisation';
export const catalogueFile: CatalogueFile = {
  format: 1,
  name: 'Flotilla',
  date: TODAY,
  products: [
    ['camera-station-pro', 'AXIS Camera Station Pro', 90],
    ['camera-station-edge', 'AXIS Camera Station Edge', 90],
    ['cloud-storage', 'AXIS Cloud Storage', 30],
    ['body-worn', 'AXIS Body Worn', 90],
    ['ip-office-subscription', 'Avaya IP Office Subscription', 0],
  ].map(([id, name, trial_days]) => ({
    id: String(id),
    name: String(name),
    trial_days: Number(trial_days),
    types: [
      { id: 'core', name: 'Core', need: { kind: 'each_system', kinds: ['camera'], quantity: 1 } },
      { id: 'universal', name: 'Universal', need: { kind: 'by_hand' } },
    ],
    substitutions: [{ needed: 'core', substitute: 'universal' }],
    facts: [
      ...['grace_days', 'storage_years', 'ahead_years', 'tolerance_percent'].map((field) => ({
        field,
        source: MANUAL,
        date: '2025-12-01',
      })),
      ...['types', 'trial_days', 'terms'].map((field) => ({
        field,
        source: 'Flotilla',
        date: TODAY,
        assumption: true,
      })),
    ],
  })),
};

const anniversary = (years: number): string => {
  const start = new Date(Date.parse(`${dayOf(-8)}T00:00:00Z`));
  return new Date(Date.UTC(start.getUTCFullYear() + years, start.getUTCMonth(), start.getUTCDate()))
    .toISOString()
    .slice(0, 10);
};
const before = (iso: string): string => new Date(Date.parse(`${iso}T00:00:00Z`) - DAY).toISOString().slice(0, 10);
const year = (
  place: number,
  core: [number, number],
  universal: [number, number],
  state: YearDetails['state'],
): YearDetails => ({
  year: place + 2,
  from: anniversary(place),
  until: before(anniversary(place + 1)),
  state,
  grace_until: place < 0 ? null : dayOf(place * 365 + 21),
  frozen: place < 0 ? core[1] + universal[1] : null,
  types: [
    {
      licence_type: 'core',
      need: place < 0 ? 0 : core[0],
      allocated: core[1],
      short: place < 0 ? 0 : core[0] - core[1],
      surplus: 0,
    },
    {
      licence_type: 'universal',
      need: place < 0 ? 0 : universal[0],
      allocated: universal[1],
      short: place < 0 ? 0 : universal[0] - universal[1],
      surplus: 0,
    },
  ],
});
const types = [
  { licence_type: 'core', name: 'Core', by_hand: false },
  { licence_type: 'universal', name: 'Universal', by_hand: true },
];
export const details = (organization: string, product: string): ProductDetails => {
  const bare = product !== PRODUCT;
  return {
    organization,
    customer: 'Kaufhaus Bergmann GmbH',
    product,
    name: pick(PRODUCTS, Math.max(0, IDS.indexOf(product))),
    today: TODAY,
    clock_behind: false,
    status: bare ? { kind: 'registered', date: null, due: 0 } : { kind: 'renewal_due', date: dayOf(21), due: 0 },
    next_date: bare ? null : dayOf(21),
    shortage: bare ? 0 : 24,
    registered: dayOf(-800),
    trial: null,
    subscription: bare
      ? null
      : {
          start: anniversary(-2),
          first_day: anniversary(-2),
          year: 2,
          catalogue: 1,
          ended: null,
          years: [
            year(-2, [72, 72], [12, 12], 'past'),
            year(-1, [80, 80], [18, 18], 'past'),
            year(0, [84, 60], [18, 18], 'grace'),
            year(1, [84, 40], [18, 0], 'short'),
            year(2, [84, 40], [18, 0], 'short'),
            year(3, [84, 0], [18, 0], 'not_allocated'),
            year(4, [84, 0], [18, 0], 'not_allocated'),
          ],
        },
    common_starts: bare ? [{ product: PRODUCT, name: NAME, start: anniversary(-2), next: anniversary(1) }] : [],
    terms: {
      catalogue: 1,
      trial_days: 90,
      grace_days: 30,
      storage_years: 5,
      ahead_years: 5,
      tolerance_percent: 100,
      transferable: true,
      terms: [1, 2, 3, 4, 5],
      types,
    },
    need: [
      { licence_type: 'core', quantity: bare ? 0 : 84 },
      { licence_type: 'universal', quantity: bare ? 0 : 18 },
    ],
    need_parts: [{ licence_type: 'core', source: 'systems', quantity: 84 }],
    need_pending: false,
    wallet: bare
      ? []
      : [
          { licence_type: 'core', term: 1, quantity: 12 },
          { licence_type: 'core', term: 3, quantity: 30 },
          { licence_type: 'universal', term: 1, quantity: 10 },
        ],
    licence_years: bare ? 0 : 112,
    ending: bare ? null : { quantity: 8, first: dayOf(36) },
    residuals: bare ? [] : [{ licence_type: 'core', quantity: 345 }],
    waiting: [],
    sent: bare
      ? []
      : [
          {
            transfer: idOf(0x801),
            organization: idOf(3),
            customer: '桜屋百貨店 Düsseldorf',
            since: dayOf(-13),
            lots: [{ lot: idOf(0x603), licence_type: 'core', term: 1, quantity: 12, shelf_end: dayOf(1_001) }],
          },
        ],
    where_to_buy: 'https://www.example.com/where-to-buy',
  };
};
export const plan = (
  years: number,
  asked: readonly { year: number; licence_type: string; quantity: number }[],
): AllocationPlan => {
  const all = details(ORGANIZATION, PRODUCT).subscription?.years.slice(2, 2 + years) ?? [];
  const planned = all.map(({ year: number, from, until, types: some }) => ({
    year: number,
    from,
    until,
    types: some.map(({ licence_type, need, allocated, short }) => ({
      licence_type,
      need,
      allocated,
      short,
      quantity: asked.find((one) => one.year === number && one.licence_type === licence_type)?.quantity ?? short,
      substituted: 0,
    })),
  }));
  const wanted = (type: string): number =>
    planned.reduce((sum, one) => sum + (one.types.find(({ licence_type }) => licence_type === type)?.quantity ?? 0), 0);
  const held: Record<string, number> = { core: 42, universal: 10 };
  const missing = Object.entries(held)
    .map(([licence_type, has]) => ({ licence_type, quantity: wanted(licence_type) - has }))
    .filter(({ quantity }) => quantity > 0);
  let left = wanted('core');
  const lines = lots
    .filter(({ place, licence_type }) => place !== null && licence_type === 'core')
    .flatMap((row) => {
      const quantity = Math.min(left, row.left);
      left -= quantity;
      return quantity === 0 ? [] : [{ year: 2, quantity, lot: row, left: row.left - quantity }];
    });
  return {
    years: planned,
    lines,
    missing,
    surplus: 0,
    credits:
      years === 1 && wanted('core') > 24
        ? [
            {
              licence_type: 'core',
              licences: 10,
              days: 182,
              year_days: 365,
              residual_before: 0,
              credit: 4,
              residual_after: 360,
            },
          ]
        : [],
    licensed_until: missing.length > 0 ? null : (planned.at(-1)?.until ?? null),
    most_years: 5,
  };
};
export const posting = (
  number: number,
  days: number,
  key: string,
  kind: string,
  amount: number,
  account: string,
): PostingRow => ({
  number,
  entry: idOf(number),
  kind,
  day: dayOf(days),
  account,
  licence_type: 'core',
  term: 3,
  lot: idOf(0x600),
  key,
  amount,
});
export const line = (index: number): ProductLine => {
  const product = catalogueFile.products[index];
  const own = index === 0 ? details(ORGANIZATION, PRODUCT) : null;
  const status = index === 1 ? ({ kind: 'licensed', date: dayOf(70), due: 0 } as const) : null;
  return {
    product: product?.id ?? '',
    name: product?.name ?? '',
    status: own?.status ?? status ?? { kind: index === 4 ? 'registered' : 'not_registered', date: null, due: 0 },
    next_date: own?.next_date ?? status?.date ?? null,
    shortage: own?.shortage ?? 0,
    wallet: own === null ? (index === 1 ? 6 : 0) : 52,
    waiting: index === 4 ? 12 : 0,
    where_to_buy: 'https://www.example.com/where-to-buy',
  };
};
