// Devices that were found, and results, for tests.

import type { CertificateView, DeviceAct, DeviceResultRow, DiscoveryView, FoundDevice } from '$wire/types';

export const certificateView = (sha256: string): CertificateView => ({
  subject: 'CN=axis-b8a44f0c1d2e',
  issuer: 'CN=axis-b8a44f0c1d2e',
  serial_number: '01',
  names: [],
  valid_from: 0,
  valid_until: 4_000_000_000_000,
  sha256,
  self_signed: true,
});

export const foundDevice = (key: string, more: Partial<FoundDevice> = {}): FoundDevice => ({
  key,
  serial: key,
  model: 'P3265-LVE',
  name: '',
  brand: 'AXIS',
  version: '11.11.141',
  host: '10.44.6.20',
  port: 443,
  addresses: [],
  link_local: false,
  ways: ['mdns'],
  state: 'asks_password',
  system: null,
  folder: '',
  note: '',
  certificate: null,
  ...more,
});

export const discoveryView = (more: Partial<DiscoveryView> = {}): DiscoveryView => ({
  id: 'd1',
  started_at: 0,
  finished_at: null,
  cancelled: false,
  ways: [
    { way: 'mdns', found: 1 },
    { way: 'ranges', found: 2 },
  ],
  probed: 10,
  to_probe: 256,
  found: 3,
  hindrances: [],
  ...more,
});

export const deviceAct = (more: Partial<DeviceAct> = {}): DeviceAct => ({
  id: 'a1',
  kind: 'add',
  about: '',
  account_name: 'maren',
  started_at: 0,
  finished_at: 37_000,
  work: null,
  counts: { all: 3, waiting: 0, running: 0, done: 1, failed: 2, unknown: 0, left: 0 },
  reasons: [
    { code: 'device.credentials-refused', count: 1 },
    { code: 'device.certificate-unseen', count: 1 },
  ],
  commission: null,
  ...more,
});

export const deviceResult = (id: string, more: Partial<DeviceResultRow> = {}): DeviceResultRow => ({
  id,
  act: 'a1',
  organization: 'o1',
  customer: 'Werft Nord',
  system: null,
  name: '',
  host: '10.44.6.50',
  port: 443,
  model: 'Q6135-LE',
  serial: 'B8A44F1C3380',
  state: 'failed',
  step: 'sign_in',
  problem: { code: 'device.credentials-refused', params: { left: 8 }, fields: [], retryable: false, id: '' },
  certificate: null,
  at: 0,
  ...more,
});
