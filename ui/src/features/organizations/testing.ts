// What component tests of organizations begin with.

import type { OrganizationDetails } from '$wire/types';

export const ID = '01890000-0000-7000-8000-00000000000a';
export const details = (more: Partial<OrganizationDetails> = {}): OrganizationDetails => ({
  id: ID,
  name: 'Werft Nord',
  zone: 'Europe/Berlin',
  language: 'en',
  notes: '',
  address: 'Kai 3',
  telephone: '',
  email: '',
  default_folder: 'f0',
  created_at: 0,
  role: 'owner',
  customer: false,
  may_manage: true,
  may_manage_members: true,
  may_archive: true,
  revision: 3,
  ...more,
});
