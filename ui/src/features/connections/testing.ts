// Connections for tests and for the sheet of components.

import type { ConnectionView } from '$wire/types';

export const connectionView = (more: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 'n1',
  organization: 'c1',
  kind: 'ip_office',
  name: 'Head office',
  host: '10.20.4.10',
  port: 8443,
  user_name: 'COMAdmin',
  has_password: true,
  proxy: { kind: 'workspace' },
  status: 'success',
  state: 'connected',
  status_detail: '',
  status_since: null,
  last_contact: null,
  certificate: null,
  next_contact: null,
  waiting_certificate: null,
  systems: 3,
  monitored: true,
  revision: 5,
  ...more,
});
