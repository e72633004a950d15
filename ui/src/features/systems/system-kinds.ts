// What can be said of each kind of system.

import type { SystemKind } from '$wire/types';

/** Only a telephone server has a place in a solution and reports services; a device has neither. */
export const hasRoleAndServices = (kind: SystemKind): boolean => kind === 'telephone_server';

/** Only of a device Flotilla knows which version is recommended (DEV-12). */
export const hasSoftware = (kind: SystemKind): boolean => kind === 'camera';

/** What stands under *Servers* (DEV-10). */
export const SERVERS: readonly SystemKind[] = ['video_server', 'telephone_server'];
