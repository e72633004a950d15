import { format, has, t } from '$shared/i18n';
import type { Preferences } from '$wire/types';

/** The words of an act, for example `customers.save`; one that has none shows its name. */
export function actWords(act: string): string {
  const key = `act-${act.replaceAll('.', '-')}`;
  return has(key) ? t(key) : act;
}

/** Where an act came from: this machine in words, everything else by its address. */
export function originWords(origin: string): string {
  const key = `audit-origin-${origin}`;
  return /^[a-z-]+$/.test(origin) && has(key) ? t(key) : origin;
}

/** Who did it; what Flotilla does by itself has nobody behind it. */
export function whoWords(who: string, origin: string): string {
  if (who !== '') return who;
  return t(origin === 'service' ? 'audit-flotilla' : 'audit-nobody');
}

/** Where the words of a recorded value are, by the detail's name. */
const VALUES: Record<string, (value: string) => string> = {
  reason: (value) => `audit-reason-${value}`,
  error: (value) => `error-${value.replaceAll('.', '-')}`,
  kind: (value) => `connections-kind-${value}`,
  role: (value) => `accounts-role-${value}`,
  status: (value) => `status-${value}`,
  service: (value) => `service-${value}`,
  work: (value) => `work-${value}`,
  list: (value) => `nav-${value}`,
  application: (value) => `preferences-application-${value}`,
};

/** What the form of the preferences calls each of them; an account's fields are called as in the list of accounts. */
const PREFERENCES: Record<keyof Preferences, string> = {
  session_timeout_minutes: 'preferences-timeout',
  password_policy: 'preferences-policy',
  password_history: 'preferences-history',
  operators_create_organizations: 'preferences-operators-create',
  poll_interval_seconds: 'preferences-interval',
  poll_concurrency: 'preferences-concurrency',
  job_concurrency: 'preferences-job-concurrency',
  job_concurrency_per_customer: 'preferences-job-per-customer',
  job_concurrency_uploads: 'preferences-job-uploads',
  job_tolerance_minutes: 'preferences-job-tolerance',
  job_approval: 'preferences-job-approval',
  follow_devices: 'preferences-follow',
  zone: 'preferences-zone',
  offline_rehosts: 'preferences-rehosts',
  repository_images: 'preferences-repository-images',
  repository_verify_days: 'preferences-repository-verify',
  log_level: 'preferences-log-level',
  log_days: 'preferences-log-days',
  proxy: 'preferences-way',
  addresses: 'preferences-applications',
  consoles: 'preferences-consoles',
  reseller_name: 'preferences-reseller-name',
  reseller_telephone: 'preferences-reseller-telephone',
  reseller_email: 'preferences-reseller-email',
  reseller_web: 'preferences-reseller-web',
  terms: 'preferences-terms',
};

/** What the forms of organizations and customers call theirs, which are others than those of the same name elsewhere. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  organizations: {
    name: 'organizations-name',
    zone: 'organizations-zone',
    language: 'organizations-language',
    notes: 'list-customers-notes',
    address: 'list-customers-address',
    telephone: 'list-customers-telephone',
    email: 'list-customers-email',
  },
  customers: {
    tags: 'list-customers-tags',
    notes: 'list-customers-notes',
    operators: 'customers-operators',
    password: 'customers-password',
    proxy: 'preferences-proxy',
  },
};

/** The name of a field as its form calls it, by the act that changed it. */
function fieldWords(field: string, act: string): string {
  const [feature = ''] = act.split('.', 1);
  const key =
    FORMS[feature]?.[field] ??
    (field in PREFERENCES ? PREFERENCES[field as keyof Preferences] : `list-accounts-${field}`);
  return has(key) ? t(key) : field.replaceAll('_', ' ');
}

/** Details that are days, by their names. */
const DAYS: ReadonlySet<string> = new Set(['date', 'start']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function valueWords(name: string, value: unknown, act: string): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return format.number(value);
  if (name === 'changed') {
    const fields = Array.isArray(value) ? value.map(String) : String(value).split(' ');
    return fields
      .filter((field) => field !== '')
      .map((field) => fieldWords(field, act))
      .join(', ');
  }
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  if (DAYS.has(name) && DAY.test(value)) return format.calendarDate(value);
  const key = VALUES[name]?.(value);
  return key !== undefined && /^[a-z_-]+$/.test(value.replaceAll('.', '-')) && has(key) ? t(key) : value;
}

/** What has a name that can be looked up by its id. */
export type NamedKind = 'account' | 'system' | 'organization' | 'product' | 'type';
export interface Named {
  kind: NamedKind;
  id: string;
  /** A type is one of this product. */
  within?: string;
}

/** What the ids in a detail stand for, by the detail's name; null: for something that has no name. */
const IDS: Record<string, NamedKind | null> = {
  account: 'account',
  accounts: 'account',
  system: 'system',
  ids: 'system',
  organizations: 'organization',
  product: 'product',
  type: 'type',
  operation: null,
  folder: null,
  invitations: null,
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One detail of an entry. */
export interface Detail {
  label: string;
  value: string;
  /** The ids that the value is made of, and what each of them stands for, as far as that has a name; none: it is a text. */
  ids: { id: string; named: Named | null }[];
}

/** The ids in a detail. A number of accounts is none, nor is the name that a system has outside Flotilla. */
function idsOf(name: string, value: unknown, product: unknown): Detail['ids'] {
  const kind = IDS[name];
  if (kind === undefined) return [];
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  const isId = (id: unknown): id is string =>
    typeof id === 'string' && (kind === 'product' || kind === 'type' ? id !== '' : UUID.test(id));
  if (!ids.every(isId)) return [];
  return ids.map((id) => ({
    id,
    named:
      kind === null
        ? null
        : { kind, id, ...(kind === 'type' && typeof product === 'string' ? { within: product } : {}) },
  }));
}

/**
 * What an entry recorded besides, as names and texts; a detail that is no plain value stays as it was written. `act`: the entry's,
 * by which fields of the same name are told apart.
 */
export function detailLines(details: string, act = ''): Detail[] {
  if (details.trim() === '') return [];
  let read: unknown;
  try {
    read = JSON.parse(details);
  } catch {
    return [{ label: '', value: details, ids: [] }];
  }
  if (read === null || typeof read !== 'object' || Array.isArray(read)) return [{ label: '', value: details, ids: [] }];
  const { product } = read as { product?: unknown };
  return Object.entries(read).map(([name, value]) => ({
    label: has(`audit-detail-${name}`) ? t(`audit-detail-${name}`) : name.replaceAll('_', ' '),
    value: valueWords(name, value, act),
    ids: idsOf(name, value, product),
  }));
}

/** The same on one line, for the list. */
export const detailText = (details: string, act: string): string =>
  detailLines(details, act)
    .map(({ label, value }) => (label === '' ? value : t('labelled', { label, value })))
    .join(' · ');
