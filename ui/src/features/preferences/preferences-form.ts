// The preferences as a form. Pure.

import type { Application, Preferences, ProxyChoice } from '$wire/types';

export const APPLICATIONS: readonly Application[] = [
  'one_x_portal',
  'web_license_manager',
  'web_control',
  'web_manager',
];

/** What a form may hold while it is being filled in; the core says what is missing. */
export interface ProxyForm {
  kind: ProxyChoice['kind'];
  host: string;
  port: number | null;
}

export const proxyForm = (proxy: ProxyChoice): ProxyForm =>
  proxy.kind === 'http_connect' || proxy.kind === 'socks5' ? { ...proxy } : { kind: proxy.kind, host: '', port: null };

/** The workspace itself has nobody above it to ask: *as the workspace* means directly here (CUS-15). */
export function proxyOf({ kind, host, port }: ProxyForm): ProxyChoice {
  if (kind === 'http_connect' || kind === 'socks5') return { kind, host: host.trim(), port: port ?? 0 };
  return { kind: 'direct' };
}

/** Every number as the form has it; nothing in a field is 0, which the core refuses with the limits. */
export type NumberName =
  | 'session_timeout_minutes'
  | 'password_history'
  | 'poll_interval_seconds'
  | 'poll_concurrency'
  | 'job_concurrency'
  | 'job_concurrency_per_customer'
  | 'job_concurrency_uploads'
  | 'job_tolerance_minutes'
  | 'offline_rehosts'
  | 'repository_images'
  | 'repository_verify_days'
  | 'log_days';

export interface PreferencesFields
  extends Omit<Preferences, NumberName | 'proxy' | 'terms'>, Record<NumberName, number | null> {
  proxy: ProxyForm;
  terms_on: boolean;
  terms_text: string;
  terms_version: number;
}

/** Nothing where a number belongs is outside every limit, so that the core refuses it under its field. */
const NOTHING = -1;

export function fieldsOf({ terms, proxy, ...rest }: Preferences): PreferencesFields {
  return {
    ...structuredClone(rest),
    // Every application has its line, also one that was added after the preferences were stored.
    addresses: APPLICATIONS.map((application) => ({
      application,
      template: rest.addresses.find((address) => address.application === application)?.template ?? '',
    })),
    proxy: proxyForm(proxy),
    terms_on: terms !== null,
    terms_text: terms?.text ?? '',
    terms_version: terms?.version ?? 0,
  };
}

export function preferencesOf(fields: PreferencesFields): Preferences {
  const { terms_on, terms_text, terms_version, proxy, ...rest } = fields;
  return {
    ...rest,
    session_timeout_minutes: rest.session_timeout_minutes ?? NOTHING,
    password_history: rest.password_history ?? NOTHING,
    poll_interval_seconds: rest.poll_interval_seconds ?? NOTHING,
    poll_concurrency: rest.poll_concurrency ?? NOTHING,
    job_concurrency: rest.job_concurrency ?? NOTHING,
    job_concurrency_per_customer: rest.job_concurrency_per_customer ?? NOTHING,
    job_concurrency_uploads: rest.job_concurrency_uploads ?? NOTHING,
    job_tolerance_minutes: rest.job_tolerance_minutes ?? NOTHING,
    offline_rehosts: rest.offline_rehosts ?? NOTHING,
    repository_images: rest.repository_images ?? NOTHING,
    repository_verify_days: rest.repository_verify_days ?? NOTHING,
    log_days: rest.log_days ?? NOTHING,
    // An application without an address is not offered (CUS-50).
    addresses: rest.addresses.filter((address) => address.template.trim() !== ''),
    proxy: proxyOf(proxy),
    terms: terms_on ? { version: terms_version, text: terms_text } : null,
  };
}
