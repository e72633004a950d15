// What can be said of each kind of system.

import type { DeviceSoftware, SystemKind, SystemRow } from '$wire/types';

/** Only a telephone server has a place in a solution and reports services; a device has neither. */
export const hasRoleAndServices = (kind: SystemKind): boolean => kind === 'telephone_server';

/** Of devices and video servers Flotilla knows which version is recommended (DEV-12, DEV-50). */
export const hasSoftware = (kind: SystemKind): boolean => kind === 'camera' || kind === 'video_server';

/** Only devices have an active and a long-term track (DEV-12). */
export const hasTrack = (kind: SystemKind): boolean => kind === 'camera';

/** Nothing newer than what it runs is recommended. Of a version that cannot be read nothing is said. */
export const isCurrent = (software: DeviceSoftware, row: Pick<SystemRow, 'kind' | 'version'>): boolean =>
  software.known && software.path.length === 0 && (hasTrack(row.kind) ? software.track !== null : row.version !== '');

/** What stands under *Servers* (DEV-10). */
export const SERVERS: readonly SystemKind[] = ['video_server', 'telephone_server'];
