// Licences in memory for the component sheet: one organization's books, and enough rows for the lists over all of them.

import type { Handlers } from '$platform/fake';
import { packIds } from '$shared/lists';
import type { Criterion, ListName, LotRow, Receipt } from '$wire/types';
import { idOf } from './fleet';
import { TODAY, dayNumber, dayOf } from './licence-basis';
import { BOOKS, ENDINGS, ending, history, licence, lots } from './licence-lists';
import { catalogueFile, details, line, plan, posting } from './licence-product';

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
