// The form that corrects what was recognised (REP-05).

import type { PackageFields, PackageKind, PackageRow } from '$wire/types';

export const KINDS: readonly PackageKind[] = [
  'iso_image',
  'component',
  'firmware',
  'application',
  'server_installer',
  'tool',
  'customization',
];

/** Whether a doubt is about the digest; all others are about what was recognised. */
export const ofDigest = (doubt: string): boolean => doubt === 'digest_unusable';

/** What can be corrected of a package. */
export const fieldsOf = ({ kind, product, version, tags, note }: PackageRow): PackageFields => ({
  kind,
  product,
  version,
  tags: [...tags],
  note,
});
