// Licences for tests.

import type {
  AllocationPlan,
  LotDetails,
  OfflineSystemRow,
  OrganizationDetails,
  PlannedYear,
  ProductDetails,
  ProductLine,
  SubscriptionDetails,
  YearDetails,
} from '$wire/types';

export const ORGANIZATION = '01890000-0000-7000-8000-000000000001';

export const productLine = (more: Partial<ProductLine> = {}): ProductLine => ({
  product: 'camera-station-pro',
  name: 'AXIS Camera Station Pro',
  status: { kind: 'licensed', date: '2027-01-14', due: 0 },
  next_date: '2027-01-14',
  shortage: 0,
  wallet: 0,
  waiting: 0,
  where_to_buy: '',
  ...more,
});

export const yearDetails = (year: number, more: Partial<YearDetails> = {}): YearDetails => ({
  year,
  from: `${2024 + year}-01-15`,
  until: `${2025 + year}-01-14`,
  state: 'short',
  grace_until: null,
  frozen: null,
  types: [{ licence_type: 'core', need: 84, allocated: 60, short: 24, surplus: 0 }],
  ...more,
});

export const subscription = (more: Partial<SubscriptionDetails> = {}): SubscriptionDetails => ({
  start: '2024-01-15',
  first_day: '2024-01-15',
  year: 2,
  catalogue: 1,
  ended: null,
  years: [yearDetails(2, { state: 'grace', grace_until: '2026-02-13' }), yearDetails(3)],
  ...more,
});

export const productDetails = (more: Partial<ProductDetails> = {}): ProductDetails => ({
  organization: ORGANIZATION,
  customer: 'Kaufhaus Bergmann',
  product: 'camera-station-pro',
  name: 'AXIS Camera Station Pro',
  today: '2026-01-22',
  clock_behind: false,
  status: { kind: 'renewal_due', date: '2026-02-13', due: 0 },
  next_date: '2026-02-13',
  shortage: 24,
  registered: '2024-01-10',
  trial: null,
  subscription: subscription(),
  common_starts: [],
  terms: {
    catalogue: 1,
    trial_days: 90,
    grace_days: 30,
    storage_years: 5,
    ahead_years: 5,
    tolerance_percent: 100,
    transferable: true,
    terms: [1, 2, 3, 4, 5],
    types: [
      { licence_type: 'core', name: 'Core', by_hand: false },
      { licence_type: 'universal', name: 'Universal', by_hand: true },
    ],
  },
  need: [{ licence_type: 'core', quantity: 84 }],
  need_parts: [{ licence_type: 'core', source: 'systems', quantity: 84 }],
  need_pending: false,
  wallet: [{ licence_type: 'core', term: 1, quantity: 42 }],
  licence_years: 42,
  ending: null,
  residuals: [],
  waiting: [],
  sent: [],
  where_to_buy: '',
  ...more,
});

export const organizationDetails = (more: Partial<OrganizationDetails> = {}): OrganizationDetails => ({
  id: ORGANIZATION,
  name: 'Kaufhaus Bergmann',
  zone: 'Europe/Berlin',
  language: 'en',
  notes: '',
  address: '',
  telephone: '',
  email: '',
  default_folder: 'f1',
  created_at: 0,
  role: 'owner',
  customer: true,
  may_manage: true,
  may_archive: true,
  may_manage_members: true,
  revision: 1,
  ...more,
});

export const lotDetails = (more: Partial<LotDetails> = {}): LotDetails => ({
  lot: 'l1',
  key: '••••-7K2M',
  origin: 'declared',
  purpose: 'subscription',
  licence_type: 'core',
  term: 1,
  order: 'PO-20417',
  redeemed: '2021-03-03',
  shelf_end: '2026-03-03',
  issuer: '',
  ...more,
});

export const plannedYear = (year: number, short: number, quantity = short): PlannedYear => ({
  year,
  from: `${2024 + year}-01-15`,
  until: `${2025 + year}-01-14`,
  types: [{ licence_type: 'core', need: 84, allocated: 84 - short, short, quantity, substituted: 0 }],
});

/** The plan of one year that is short of 24, or of as many as are asked for. */
export const allocationPlan = (quantity = 24, more: Partial<AllocationPlan> = {}): AllocationPlan => ({
  years: [plannedYear(2, 24, quantity)],
  lines: [{ year: 2, quantity, lot: lotDetails(), left: 42 - quantity }],
  missing: [],
  surplus: 0,
  credits: [],
  licensed_until: '2027-01-14',
  most_years: 5,
  ...more,
});

export const offlineRow = (more: Partial<OfflineSystemRow> = {}): OfflineSystemRow => ({
  id: 's1',
  identity: 'cabinet-7',
  version: '6.4',
  state: 'requested',
  waits: true,
  hardware: [],
  needs: [],
  source: 'system_file',
  reference: '',
  signed: true,
  holds: [],
  pending: [],
  since: '2026-01-01',
  answer: 0,
  expires: null,
  replaced_by: '',
  ...more,
});
