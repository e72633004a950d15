// What a person compares of two certificates. Pure, but for the language in force.

import { format, t } from '$shared/i18n';
import type { CertificateView } from '$wire/types';

export interface CertificateFact {
  name: 'subject' | 'issuer' | 'serial' | 'names' | 'valid' | 'sha256';
  label: string;
  value: string;
}

/** Subject, issuer, validity, SHA-256 and what else tells one certificate from another (CUS-11). */
export function factsOf(certificate: CertificateView): CertificateFact[] {
  return [
    { name: 'subject', label: t('certificate-subject'), value: certificate.subject },
    {
      name: 'issuer',
      label: t('certificate-issuer'),
      value: certificate.self_signed ? t('certificate-self-signed') : certificate.issuer,
    },
    { name: 'serial', label: t('certificate-serial'), value: certificate.serial_number },
    { name: 'names', label: t('certificate-names'), value: format.list(certificate.names) },
    {
      name: 'valid',
      label: t('certificate-valid'),
      value: `${format.date(certificate.valid_from)} – ${format.date(certificate.valid_until)}`,
    },
    { name: 'sha256', label: 'SHA-256', value: certificate.sha256 },
  ];
}

export interface ComparedFact extends CertificateFact {
  /** What the certificate has that was accepted. */
  before: string;
  differs: boolean;
}

/** Both certificates line by line; what neither has is no line. Two that differ in nothing shown differ in their SHA-256. */
export function compared(before: CertificateView, met: CertificateView): ComparedFact[] {
  const old = new Map(factsOf(before).map(({ name, value }) => [name, value]));
  return factsOf(met)
    .map((fact) => ({ ...fact, before: old.get(fact.name) ?? '', differs: old.get(fact.name) !== fact.value }))
    .filter(({ before, value }) => before !== '' || value !== '');
}
