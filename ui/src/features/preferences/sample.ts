// Preferences that tests of this feature begin with.

import type { Preferences } from '$wire/types';

export const preferences: Preferences = {
  session_timeout_minutes: 5,
  password_policy: 'classic',
  password_history: 5,
  operators_create_organizations: true,
  poll_interval_seconds: 60,
  poll_concurrency: 64,
  follow_devices: true,
  job_concurrency: 32,
  job_concurrency_per_customer: 2,
  job_concurrency_uploads: 4,
  job_tolerance_minutes: 120,
  job_approval: false,
  zone: 'Europe/Paris',
  offline_rehosts: 2,
  repository_images: 10,
  repository_verify_days: 30,
  log_level: 'info',
  log_days: 5,
  proxy: { kind: 'direct' },
  addresses: [{ application: 'web_manager', template: 'https://{host}:{port}/' }],
  consoles: [{ name: 'Logs', url: 'https://logs.example/' }],
  reseller_name: '',
  reseller_telephone: '',
  reseller_email: '',
  reseller_web: '',
  terms: { version: 3, text: 'Be kind.' },
};
