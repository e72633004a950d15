// Licences in memory for the component sheet: one organization's books, and enough rows for the lists over all of them.

import type { Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import type {
  AllocationPlan,
  Criterion,
  EndingRow,
  HistoryRow,
  LicenceRow,
  LicenceStatus,
  ListDescription,
  ListName,
  LotRow,
  PostingRow,
  ProductDetails,
  ProductLine,
  Receipt,
  StatusKind,
  YearDetails,
} from '$wire/types';
import type { CatalogueFile } from '$features/licences/catalogue';
import { customer, idOf } from './fleet';

const TODAY = new Date().toISOString().slice(0, 10);
const DAY = 86_400_000;
const dayOf = (days: number): string =>
  new Date(Date.parse(`${TODAY}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
const MANUAL = 'AXIS License Manager, manuel d’utilisation';
const catalogueFile: CatalogueFile = {
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
const ORGANIZATION = idOf(1);
const PRODUCT = 'camera-station-pro';
const NAME = 'AXIS Camera Station Pro';

type Kind = ListDescription['columns'][number]['kind'];
const column = (name: string, kind: Kind, more: object = {}): ListDescription['columns'][number] =>
  ({
    name,
    kind,
    choices: [],
    sortable: true,
    filterable: true,
    searchable: kind === 'text',
    default_visible: true,
    ...more,
  }) as ListDescription['columns'][number];
const hidden = { default_visible: false };
const STATUSES: StatusKind[] = [
  'renewal_due',
  'licensed',
  'licensed',
  'unlicensed',
  'licensed',
  'started',
  'trial',
  'licensed',
  'beyond_growth',
  'registered',
  'nothing_needed',
  'trial_ended',
];
const PRODUCTS = [NAME, 'AXIS Camera Station Edge', 'AXIS Cloud Storage', 'Avaya IP Office Subscription'];
const IDS = [PRODUCT, 'camera-station-edge', 'cloud-storage', 'ip-office-subscription'];
const DATED: Partial<Record<StatusKind, number>> = {
  renewal_due: 22,
  licensed: 140,
  unlicensed: -12,
  started: 9,
  trial: 51,
  trial_ended: -30,
  beyond_growth: 200,
};

const describes: Partial<Record<ListName, ListDescription['columns']>> = {
  licences: [
    column('customer', 'text'),
    column('product', 'text'),
    column('status', 'choice', { choices: STATUSES }),
    column('next_date', 'date'),
    column('shortage', 'number'),
    column('need', 'number'),
    column('wallet', 'number'),
    column('waiting', 'number', hidden),
  ],
  licence_lots: [
    column('place', 'number'),
    column('key', 'text'),
    column('customer', 'text'),
    column('product', 'text'),
    column('licence_type', 'text'),
    column('term', 'number'),
    column('origin', 'choice', { choices: ['signed', 'declared', 'credit', 'opening'] }),
    column('issuer', 'text', hidden),
    column('order', 'text'),
    column('redeemed', 'date'),
    column('shelf_end', 'date'),
    column('quantity', 'number'),
    column('left', 'number'),
    column('state', 'choice', { choices: ['usable', 'waiting', 'expired', 'used_up'] }),
    column('product_id', 'id', hidden),
  ],
  licence_history: [
    column('number', 'number'),
    column('day', 'date'),
    column('customer', 'text'),
    column('product', 'text'),
    column('kind', 'choice', { choices: ['allocated', 'redeemed'] }),
    column('wallet', 'number'),
    column('account_name', 'text'),
    column('reason', 'text'),
    column('product_id', 'id', hidden),
  ],
  licence_endings: [
    column('date', 'date'),
    column('customer', 'text'),
    column('product', 'text'),
    column('kind', 'choice', { choices: ['trial', 'grace', 'year', 'shelf_life', 'waiting_shelf_life'] }),
    column('quantity', 'number'),
    column('short', 'number'),
    column('wallet', 'number'),
    column('quiet', 'yes_no', hidden),
  ],
};
export const licenceList = (list: ListName): ListDescription | null => {
  const columns = describes[list];
  return columns === undefined ? null : { list, columns, layout: null };
};

const statusOf = (index: number): LicenceStatus => {
  const kind = pick(STATUSES, index);
  const days = DATED[kind];
  return { kind, date: days === undefined ? null : dayOf(days), due: kind === 'beyond_growth' ? 6 : 0 };
};
const BOOKS = 1_240;
const licence = (index: number): LicenceRow => {
  const { kind, date } = statusOf(index);
  const short = ['renewal_due', 'started', 'unlicensed'].includes(kind)
    ? (index * 7) % 40
    : kind === 'beyond_growth'
      ? 6
      : 0;
  return {
    id: idOf(index),
    organization: idOf(index >> 2),
    customer: customer(index >> 2).name,
    product: pick(IDS, index),
    product_name: pick(PRODUCTS, index),
    status: kind,
    status_date: date,
    shortage: short,
    next_date:
      kind === 'unlicensed' || kind === 'beyond_growth' ? dayOf(240) : date !== null && date >= TODAY ? date : null,
    need: kind === 'nothing_needed' ? 0 : ((index * 13) % 90) + 4,
    wallet: (index * 5) % 43,
    waiting: 0,
  };
};
const ENDINGS = 2_600;
const ending = (index: number): EndingRow => {
  const kind = pick(['year', 'shelf_life', 'grace', 'year', 'trial', 'year', 'waiting_shelf_life'] as const, index * 3);
  const quiet = index % 3 === 1;
  return {
    id: idOf(index),
    organization: idOf(index % 310),
    customer: customer(index % 310).name,
    product: pick(IDS, index),
    product_name: pick(PRODUCTS, index),
    kind,
    date: dayOf(Math.floor(((index * index) / (ENDINGS * ENDINGS)) * 1_820)),
    quantity: ((index * 13) % 90) + 4,
    short: quiet || kind.endsWith('shelf_life') ? 0 : (index * 7) % 40,
    wallet: (index * 5) % 43,
    key: kind.endsWith('shelf_life') ? `••••-${(7_000 + index).toString(36).toUpperCase().padStart(4, 'K')}` : '',
    quiet,
  };
};
const lot = (place: number | null, key: string, more: Partial<LotRow>): LotRow => ({
  id: idOf(0x500 + (place ?? 9) + (more.term ?? 0)),
  lot: idOf(0x600 + (place ?? 9) + (more.term ?? 0)),
  organization: ORGANIZATION,
  customer: 'Kaufhaus Bergmann GmbH',
  product: PRODUCT,
  product_name: NAME,
  key,
  licence_type: 'core',
  origin: 'declared',
  purpose: 'subscription',
  term: 1,
  order: 'PO-20417',
  redeemed: dayOf(-1_790),
  shelf_end: dayOf(36),
  quantity: 20,
  left: 8,
  allocated: 12,
  waiting: 0,
  expired: 0,
  state: 'usable',
  place,
  issuer: '',
  issuer_revoked: false,
  ...more,
});
const lots: LotRow[] = [
  lot(1, '••••-7K2M', {}),
  lot(2, '', { origin: 'credit', order: '', redeemed: dayOf(-570), shelf_end: dayOf(504), quantity: 4, left: 4 }),
  lot(3, '••••-9QX4', {
    term: 3,
    order: 'PO-22903',
    redeemed: dayOf(-864),
    shelf_end: dayOf(962),
    quantity: 30,
    left: 30,
  }),
  lot(4, '••••-D81V', {
    licence_type: 'universal',
    origin: 'signed',
    issuer: 'Nordlicht Vertrieb',
    order: 'SO 118-4471',
    redeemed: dayOf(-94),
    shelf_end: dayOf(1_732),
    quantity: 10,
    left: 10,
  }),
  lot(null, '••••-M3TA', {
    state: 'expired',
    redeemed: dayOf(-1_880),
    shelf_end: dayOf(-54),
    order: 'PO-17730',
    quantity: 12,
    left: 0,
    expired: 4,
  }),
];
const KINDS = ['reversed', 'transfer_sent', 'allocated', 'shelf_life_ended', 'redeemed', 'need_changed', 'year_began'];
const history = (index: number): HistoryRow => ({
  id: idOf(0x700 + index),
  number: 4_133 - index,
  organization: ORGANIZATION,
  customer: 'Kaufhaus Bergmann GmbH',
  product: PRODUCT,
  product_name: NAME,
  day: dayOf(-12 - index * 3),
  at: Date.now() - (12 + index * 3) * DAY,
  account_name: pick(['J. Takeda', 'Maren Osei', 'Maren Osei', '', 'C. Lefèvre', '', ''], index),
  kind: pick(KINDS, index),
  wallet: pick([2, -12, -42, -4, 10, 0, 0], index),
  reason: index % 7 === 0 ? 'Till moved to Kassel' : '',
  screen: pick(['history', 'wallet', 'licensing', '', 'redeem', '', ''], index),
  event: {},
  reversible: pick([false, false, true, false, true, false, false], index),
  reversed: index === 2,
});

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
const details = (organization: string, product: string): ProductDetails => {
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
const plan = (
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
const posting = (
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
const line = (index: number): ProductLine => {
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

/** Dates, status and quiet entries are filtered as the core does; everything else matches. */
function matches(row: object, criteria: readonly Criterion[]): boolean {
  const values = row as Record<string, unknown>;
  return criteria.every(({ column: name, test }) => {
    const value = values[name];
    if (test.kind === 'any_of' && value !== undefined) return test.values.includes(String(value));
    if (test.kind === 'yes_no') return value === test.value;
    if (test.kind === 'range' && typeof value === 'string') {
      const day = dayNumber(value);
      return (test.from === null || day >= test.from) && (test.to === null || day <= test.to);
    }
    return true;
  });
}
const all = <Row>(count: number, make: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => make(index));
const licences = all(BOOKS, licence);
const endings = all(ENDINGS, ending);
const entries = all(214, history);
const rowsOf = <Row extends { id: string; organization: string }>(
  rows: readonly Row[],
  { organization, criteria }: { organization: string | null; criteria: readonly Criterion[] },
): Row[] =>
  rows.filter((row) => (organization === null || row.organization === organization) && matches(row, criteria));
const window = <Row extends { id: string }>(rows: readonly Row[], ids: readonly string[]): Row[] => {
  const wanted = new Set(ids);
  return rows.filter(({ id }) => wanted.has(id));
};
const done = (): Receipt => ({ entries: [idOf(1)], transfer: null, credits: [] });

export const licenceHandlers: Handlers = {
  'licences.index': (query) => packIds(rowsOf(licences, query).map(({ id }) => id)),
  'licences.window': ({ ids }) => window(licences, ids),
  'licence_endings.index': (query) => packIds(rowsOf(endings, query).map(({ id }) => id)),
  'licence_endings.window': ({ ids }) => window(endings, ids),
  'licence_lots.index': (query) => packIds(rowsOf(lots, query).map(({ id }) => id)),
  'licence_lots.window': ({ ids }) => window(lots, ids),
  'licence_history.index': (query) => packIds(rowsOf(entries, query).map(({ id }) => id)),
  'licence_history.window': ({ ids }) => window(entries, ids),
  'licences.products': () => ({
    today: TODAY,
    clock_behind: false,
    products: catalogueFile.products.map((_, index) => line(index)),
  }),
  'licences.product': ({ organization, product }) => details(organization, product),
  'licences.notices': ({ organization }) => ({
    notices: licences
      .filter((row) => organization === null || row.organization === organization)
      .slice(0, 3)
      .map(({ organization: of, customer, product, product_name }, index) => ({
        id: idOf(0x900 + index),
        organization: of,
        customer,
        product,
        product_name,
        kind: (['grace_ends', 'shelf_life', 'growth'] as const)[index] ?? 'growth',
        date: dayOf(5 + index * 40),
        lot: index === 1 ? idOf(0x603) : null,
        key: '••••-7K2M',
        quantity: 12 + index,
      })),
    count: 3,
  }),
  'licences.where_to_buy': () => ({
    addresses: [
      { of: 'product', url: 'https://www.example.com/where-to-buy' },
      { of: 'reseller', url: 'https://nordlicht.example/' },
    ],
    reseller: { name: 'Nordlicht Telekom', telephone: '+49 40 5550 112', email: 'licences@nordlicht.example' },
  }),
  'licences.dismiss_notice': () => ({}),
  'licences.plan_allocation': ({ choice }) => plan(choice.years, choice.quantities),
  'licences.plan_transfer': ({ numbers }) => ({
    customer: '桜屋百貨店 Düsseldorf',
    waits: true,
    lines: numbers.map(({ quantity }) => ({ lot: lots[0] as LotRow, quantity })),
  }),
  'licences.postings': ({ account, entry }) =>
    entry !== null
      ? [
          posting(4_128, -14, '••••-2LWD', 'allocated', -14, 'wallet'),
          posting(4_128, -14, '••••-2LWD', 'allocated', 14, 'year:3'),
        ]
      : account?.startsWith('year:') === true && account !== 'year:3'
        ? []
        : [
            posting(4_127, -14, '••••-5HC8', 'allocated', 28, account ?? 'wallet'),
            posting(4_128, -14, '••••-2LWD', 'allocated', 14, account ?? 'wallet'),
            posting(4_133, -12, '••••-2LWD', 'reversed', -2, account ?? 'wallet'),
          ],
  'licences.allocate': done,
  'licences.transfer': done,
  'licences.redeem': done,
  'licences.read_keys': ({ keys }) =>
    keys.map((key) => ({ masked: `••••-${key.slice(-4)}`, kind: 'declared', held: null, problem: null })),
  'licence_issuers.read': () => [],
  'licences.start': done,
  'licences.register': done,
  'licences.ledger': () => ({ differs: null }),
  'licences.check': () => ({ entries: 4_133, head: 'a1b2c3d4'.repeat(8), differs: null }),
  'licence_catalogue.read': () => ({ version: 1, from: dayOf(-30), built_in: true, catalogue: catalogueFile }),
  'organizations.read': ({ id }) => ({
    id,
    name: 'Kaufhaus Bergmann GmbH',
    zone: 'Europe/Berlin',
    language: 'en',
    notes: '',
    address: '',
    telephone: '',
    email: '',
    default_folder: idOf(7),
    created_at: Date.now(),
    role: 'owner',
    customer: true,
    may_manage: true,
    may_archive: true,
    may_manage_members: true,
    revision: 1,
  }),
};

/** How many rows of a licence list match, and how many have which value; null: another list. */
export function licenceValues(
  list: ListName,
  query: { organization: string | null; criteria: Criterion[] },
  name: string,
) {
  const rows: readonly { id: string; organization: string }[] | null =
    list === 'licences'
      ? licences
      : list === 'licence_endings'
        ? endings
        : list === 'licence_lots'
          ? lots
          : list === 'licence_history'
            ? entries
            : null;
  if (rows === null) return null;
  const found = rowsOf(rows, query);
  const counts = new Map<string, number>();
  for (const row of found) {
    const value = String((row as unknown as Record<string, unknown>)[name] ?? '');
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { values: [...counts].map(([value, count]) => ({ value, rows: count })), rows: found.length };
}
