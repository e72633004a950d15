// Who may switch the monitoring of connections off and on (DEV-51, RGT-03).

import { session } from '$shared/session.svelte';
import type { OrganizationDetails, Permissions } from '$wire/types';

/** In one organization: administrators, and its members who are more than viewers. */
export const mayMonitor = (organization: Pick<OrganizationDetails, 'role'> | undefined): boolean =>
  session.administrator || (organization !== undefined && (organization.role ?? 'viewer') !== 'viewer');

/** In at least one: the same roles may launch applications (RGT-02), and the session says where that is. */
export const mayMonitorAnywhere = ({ launch }: Pick<Permissions, 'launch'>): boolean => launch;
