// Customers for tests.

import type { CertificateView, CustomerDetails, CustomerPanel, CustomerRow, SystemCard } from '$wire/types';

export const customerDetails = (more: Partial<CustomerDetails> = {}): CustomerDetails => ({
  id: 'c1',
  has_password: true,
  revision: 3,
  operator_names: [],
  name: 'Kaufhaus Bergmann',
  host: '10.20.4.10',
  port: 8443,
  user_name: 'COMAdmin',
  mode: 'on-premises',
  tags: ['retail'],
  telephone: '',
  email: '',
  operators: [],
  address: '',
  notes: '',
  proxy: { kind: 'workspace' },
  ...more,
});

export const customerRow = (more: Partial<CustomerRow> = {}): CustomerRow => ({
  id: 'c1',
  connection: 'connected',
  name: 'Kaufhaus Bergmann',
  system_name: 'KBG-HAN-01',
  mode: 'on-premises',
  systems: 3,
  host: '10.20.4.10',
  port: 8443,
  profile: '',
  version: '11.1.2.4',
  alarms: 0,
  worst_alarm: null,
  operators: [],
  tags: [],
  notes: '',
  telephone: '',
  email: '',
  address: '',
  status: 'success',
  status_since: null,
  icons: [],
  licences: 'unknown',
  licence_until: null,
  certificate_until: null,
  last_contact: null,
  ...more,
});

export const certificate = (sha256: string, more: Partial<CertificateView> = {}): CertificateView => ({
  sha256,
  subject: 'CN=kbg-han-01',
  issuer: 'CN=Root',
  serial_number: '01',
  valid_from: Date.UTC(2024, 0, 3),
  valid_until: Date.UTC(2999, 0, 2),
  names: [],
  self_signed: false,
  ...more,
});

export const systemCard = (name: string, more: Partial<SystemCard> = {}): SystemCard => ({
  id: name,
  name,
  address: '10.20.4.10',
  version: '11.1.2.4',
  role: 'primary',
  state: 'online',
  alarms: 0,
  worst_alarm: null,
  services: [],
  ...more,
});

export const customerPanel = (more: Partial<CustomerPanel> = {}): CustomerPanel => ({
  row: customerRow(),
  operators: [],
  status_detail: '',
  certificate: null,
  waiting_certificate: null,
  provider: '',
  reseller: '',
  licences: [],
  systems: [],
  next_contact: null,
  may_manage: true,
  may_launch: true,
  applications: ['web_manager'],
  ...more,
});
