// Who may change an organization's licences: its owners and admins, and administrators. The core decides in any case.

import type { OrganizationDetails } from '$wire/types';

export const managesLicences = (
  administrator: boolean,
  organization: Pick<OrganizationDetails, 'role'> | undefined,
): boolean => administrator || organization?.role === 'owner' || organization?.role === 'admin';
