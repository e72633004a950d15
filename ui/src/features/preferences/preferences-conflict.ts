// What the fields of the preferences are called, and what their values read like, where two people changed them.

import { format, t } from '$shared/i18n';
import type { PreferencesFields } from './preferences-form';

const LABELS: Record<keyof PreferencesFields, string> = {
  session_timeout_minutes: 'preferences-timeout',
  password_policy: 'preferences-policy',
  password_history: 'preferences-history',
  operators_create_organizations: 'preferences-operators-create',
  zone: 'preferences-zone',
  poll_interval_seconds: 'preferences-interval',
  poll_concurrency: 'preferences-concurrency',
  follow_devices: 'preferences-follow',
  job_concurrency: 'preferences-job-concurrency',
  job_concurrency_per_customer: 'preferences-job-per-customer',
  job_concurrency_uploads: 'preferences-job-uploads',
  job_tolerance_minutes: 'preferences-job-tolerance',
  job_approval: 'preferences-job-approval',
  proxy: 'preferences-proxy',
  addresses: 'preferences-applications',
  consoles: 'preferences-consoles',
  reseller_name: 'preferences-reseller-name',
  reseller_telephone: 'preferences-reseller-telephone',
  reseller_email: 'preferences-reseller-email',
  reseller_web: 'preferences-reseller-web',
  terms_on: 'preferences-terms-on',
  terms_text: 'preferences-terms-text',
  terms_version: 'preferences-terms',
  offline_rehosts: 'preferences-rehosts',
  repository_images: 'preferences-repository-images',
  repository_verify_days: 'preferences-repository-verify',
  log_level: 'preferences-log-level',
  log_days: 'preferences-log-days',
};

export const fieldLabel = (field: keyof PreferencesFields): string => t(LABELS[field]);

/** One line for each of several. */
export function fieldText(
  field: keyof PreferencesFields,
  value: PreferencesFields[keyof PreferencesFields],
): string | null {
  const form = { [field]: value } as Partial<PreferencesFields>;
  if (form.proxy !== undefined) {
    const { kind, host, port } = form.proxy;
    const words = t(`preferences-proxy-${kind}`);
    return host === '' ? words : `${words} ${host}:${port ?? ''}`;
  }
  if (form.addresses !== undefined) {
    return form.addresses
      .filter(({ template }) => template !== '')
      .map(({ application, template }) =>
        t('labelled', { label: t(`preferences-application-${application}`), value: template }),
      )
      .join('\n');
  }
  if (form.consoles !== undefined) {
    return form.consoles.map(({ name, url }) => t('labelled', { label: name, value: url })).join('\n');
  }
  if (form.password_policy !== undefined) return t(`preferences-policy-${form.password_policy}`);
  if (form.log_level !== undefined) return t(`preferences-log-level-${form.log_level}`);
  if (field === 'terms_version') return t('preferences-terms-version', { version: format.number(Number(value)) });
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  return typeof value === 'number' ? format.number(value) : String(value ?? '');
}
