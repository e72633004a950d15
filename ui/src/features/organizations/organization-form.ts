// The form of a new organization (ORG-01): what it begins with. Pure.

import type { CreateOrganization, Language } from '$wire/types';

/** The zone and language of whoever makes it are the likeliest ones. */
export const emptyForm = (zone: string, language: Language): CreateOrganization => ({
  name: '',
  zone,
  language,
  notes: '',
  address: '',
  telephone: '',
  email: '',
});
