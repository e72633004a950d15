// What component tests of several features begin with.

import type { AccountDetails, Profile, SessionView, WorkspaceState } from '$wire/types';

export const profile = (more: Partial<Profile> = {}): Profile => ({
  id: 'a0',
  login: 'maren',
  role: 'administrator',
  first_name: 'Maren',
  last_name: 'Osei',
  telephone: '',
  mobile: '',
  email: '',
  labels: [],
  expires_on: null,
  last_sign_in: null,
  has_avatar: false,
  language: 'en',
  theme: 'system',
  density: 'comfortable',
  zone: null,
  ...more,
});

export const sessionView = (more: Partial<SessionView> = {}): SessionView => ({
  id: 's0',
  profile: profile(),
  gate: { kind: 'open' },
  timeout_minutes: 5,
  password_policy: 'classic',
  at: Date.now(),
  ends_at: Date.now() + 300_000,
  ends_at_latest: Date.now() + 43_200_000,
  may: { administer: true, create_organizations: true, manage_systems: true, launch: true },
  notices: [],
  organization: null,
  ...more,
});

export const workspaceState = (more: Partial<WorkspaceState> = {}): WorkspaceState => ({
  version: '0.1.0',
  instance: 'run-1',
  stage: 'ready',
  migration: null,
  demo: false,
  test_clock: null,
  demo_available: true,
  shared: false,
  folder: '/home/maren/flotilla',
  demo_login: null,
  ...more,
});

export const accountDetails = (more: Partial<AccountDetails> = {}): AccountDetails => ({
  id: 'a1',
  revision: 7,
  has_avatar: false,
  protected: false,
  login: 'jonas',
  role: 'operator',
  labels: ['North Quay'],
  first_name: 'Jonas',
  last_name: 'Keller',
  telephone: '',
  mobile: '',
  email: '',
  enabled: true,
  must_change_password: false,
  expires_on: null,
  ...more,
});
