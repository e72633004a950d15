// The form of an organization (ORG-01, ORG-04): what it begins with, and what two people who edited it differ in. Pure.

import { LANGUAGE_NAMES } from '$shared/i18n';
import type { CreateOrganization, Language, OrganizationDetails } from '$wire/types';

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

/** An organization as it stands in its form. */
export const formOf = ({
  name,
  zone,
  language,
  notes,
  address,
  telephone,
  email,
}: OrganizationDetails): CreateOrganization => ({ name, zone, language, notes, address, telephone, email });

/** The key of each field's words. */
const LABELS: Record<keyof CreateOrganization, string> = {
  name: 'organizations-name',
  zone: 'organizations-zone',
  language: 'organizations-language',
  address: 'list-customers-address',
  telephone: 'list-customers-telephone',
  email: 'list-customers-email',
  notes: 'list-customers-notes',
};
const FIELDS = Object.keys(LABELS) as (keyof CreateOrganization)[];

/** A field that two people changed, each to something else. */
export interface Difference {
  /** The key of its words. */
  label: string;
  theirs: string;
  mine: string;
}

const shown = (form: CreateOrganization, field: keyof CreateOrganization): string =>
  field === 'language' ? LANGUAGE_NAMES[form.language] : form[field];

/** What was edited here since `before` and somebody else gave another value meanwhile. */
export const differences = (
  before: CreateOrganization,
  mine: CreateOrganization,
  theirs: CreateOrganization,
): Difference[] =>
  FIELDS.filter(
    (field) => mine[field] !== before[field] && theirs[field] !== before[field] && mine[field] !== theirs[field],
  ).map((field) => ({ label: LABELS[field], theirs: shown(theirs, field), mine: shown(mine, field) }));

/** What somebody else changed meanwhile, with what was edited here over it. */
export const merged = (
  before: CreateOrganization,
  mine: CreateOrganization,
  theirs: CreateOrganization,
): CreateOrganization =>
  Object.fromEntries(
    FIELDS.map((field) => [field, mine[field] === before[field] ? theirs[field] : mine[field]]),
  ) as unknown as CreateOrganization;
