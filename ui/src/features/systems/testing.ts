// Systems for tests: one of each kind.

import type { SystemKind, SystemRow } from '$wire/types';

export const idOf = (index: number): string => `01890000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
export const KINDS: readonly SystemKind[] = ['telephone_server', 'camera', 'video_server', 'connected_application'];

export const systemRow = (index: number, more: Partial<SystemRow> = {}): SystemRow => ({
  id: idOf(index),
  organization: idOf(9),
  connection: idOf(8),
  customer: 'Werft Nord',
  folder_id: idOf(8),
  folder: 'Main site',
  kind: KINDS[index] ?? 'camera',
  name: `S-${index}`,
  role: 'alone',
  state: 'online',
  model: '',
  serial: '',
  host: '',
  version: '',
  alarms: 0,
  worst_alarm: null,
  services: 0,
  stopped_services: 0,
  last_contact: null,
  ...more,
});
