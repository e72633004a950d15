// Rows of the lists of licences in memory, for the component sheet.

import type {
  EndingRow,
  HistoryRow,
  LicenceRow,
  LicenceStatus,
  ListDescription,
  ListName,
  LotRow,
  StatusKind,
} from '$wire/types';
import { customer, idOf } from './fleet';
import { DAY, IDS, NAME, ORGANIZATION, PRODUCT, PRODUCTS, TODAY, dayOf, pick } from './licence-basis';

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
export const BOOKS = 1_240;
export const licence = (index: number): LicenceRow => {
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
export const ENDINGS = 2_600;
export const ending = (index: number): EndingRow => {
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
export const lots: LotRow[] = [
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
export const history = (index: number): HistoryRow => ({
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
