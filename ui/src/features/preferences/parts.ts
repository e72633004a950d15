/** The sections of the preferences in their order, each with a name in the address. */
export const PARTS = [
  'signing-in',
  'polling',
  'jobs',
  'way',
  'applications',
  'consoles',
  'licences',
  'repository',
  'reseller',
  'terms',
  'logs',
] as const;
export type PartName = (typeof PARTS)[number];
