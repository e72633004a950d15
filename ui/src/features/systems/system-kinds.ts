// What can be said of each kind of system.

import type { SystemKind } from '$wire/types';

/** Only a telephone server has a place in a solution and reports services; a device has neither. */
export const hasRoleAndServices = (kind: SystemKind): boolean => kind === 'telephone_server';
