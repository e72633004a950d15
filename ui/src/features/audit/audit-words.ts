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
  zone: 'preferences-zone',
  offline_rehosts: 'preferences-rehosts',
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

/** The name of a field as its form calls it. */
function fieldWords(field: string): string {
  const key = field in PREFERENCES ? PREFERENCES[field as keyof Preferences] : `list-accounts-${field}`;
  return has(key) ? t(key) : field.replaceAll('_', ' ');
}

function valueWords(name: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return format.number(value);
  if (name === 'changed') {
    const fields = Array.isArray(value) ? value.map(String) : String(value).split(' ');
    return fields
      .filter((field) => field !== '')
      .map(fieldWords)
      .join(', ');
  }
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  if (typeof value !== 'string') return JSON.stringify(value);
  const key = VALUES[name]?.(value);
  return key !== undefined && /^[a-z_-]+$/.test(value.replaceAll('.', '-')) && has(key) ? t(key) : value;
}

/** What an entry recorded besides, as names and texts; a detail that is no plain value stays as it was written. */
export function detailLines(details: string): { label: string; value: string }[] {
  if (details.trim() === '') return [];
  let read: unknown;
  try {
    read = JSON.parse(details);
  } catch {
    return [{ label: '', value: details }];
  }
  if (read === null || typeof read !== 'object' || Array.isArray(read)) return [{ label: '', value: details }];
  return Object.entries(read).map(([name, value]) => ({
    label: has(`audit-detail-${name}`) ? t(`audit-detail-${name}`) : name.replaceAll('_', ' '),
    value: valueWords(name, value),
  }));
}

/** The same on one line, for the list. */
export const detailText = (details: string): string =>
  detailLines(details)
    .map(({ label, value }) => (label === '' ? value : t('labelled', { label, value })))
    .join(' · ');
