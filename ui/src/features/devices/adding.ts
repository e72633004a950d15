// What is to be added, wherever it comes from: a search, typed by hand, or results that failed (DEV-02). Pure.

import type { CertificateView, Credentials, DeviceResultRow, FirstAccount, FoundDevice, NewDevice } from '$wire/types';

/** The core takes so many at once. */
export const MOST_DEVICES = 5000;

/** What a device wants before it can be managed; `unknown`: that is seen when it is reached. */
export type Wants = 'first_account' | 'credentials' | 'unknown';

export interface Candidate {
  host: string;
  port: number;
  name: string;
  /** Empty: not known. */
  serial: string;
  model: string;
  wants: Wants;
  /** The certificate it showed; none: none was met. */
  certificate: CertificateView | null;
  /** It is managed at another address, and led to this one. */
  moved: boolean;
}

export const candidateOfFound = (device: FoundDevice): Candidate => ({
  host: device.host,
  port: device.port,
  // It keeps the name that it has.
  name: '',
  serial: device.serial,
  model: device.model,
  wants:
    device.state === 'factory_new' ? 'first_account' : device.state === 'new_certificate' ? 'unknown' : 'credentials',
  certificate: device.certificate,
  moved: device.state === 'moved',
});

/** A device whose result says what it wants; where another one answered, whichever is there now. */
export function candidateOfResult(row: DeviceResultRow): Candidate {
  const code = row.problem?.code ?? '';
  const atAccount = row.step === 'first_account' || code === 'device.needs-setup';
  const atSignIn =
    code === 'device.needs-credentials' || code === 'device.credentials-refused' || row.step === 'sign_in';
  return {
    host: row.host,
    port: row.port,
    name: row.name,
    serial: code === 'device.other' ? '' : row.serial,
    model: row.model,
    wants: atAccount ? 'first_account' : atSignIn ? 'credentials' : 'unknown',
    certificate: row.certificate,
    moved: false,
  };
}

export interface Wanted {
  credentials: number;
  firstAccount: number;
  unknown: number;
  moved: number;
}
export function countWanted(candidates: readonly Candidate[]): Wanted {
  const counts: Wanted = { credentials: 0, firstAccount: 0, unknown: 0, moved: 0 };
  for (const { wants, moved } of candidates) {
    if (wants === 'first_account') counts.firstAccount += 1;
    else if (wants === 'credentials') counts.credentials += 1;
    else counts.unknown += 1;
    if (moved) counts.moved += 1;
  }
  return counts;
}

/** The devices as they are sent: with the certificate that was seen, where a person said yes. */
export const devicesOf = (candidates: readonly Candidate[], accepted: boolean): NewDevice[] =>
  candidates.map(({ host, port, name, serial, certificate }) => ({
    host: host.trim(),
    port,
    name: name.trim(),
    serial,
    accept: accepted ? (certificate?.sha256 ?? null) : null,
  }));

/** How devices are signed in to, as the form has it. */
export interface CredentialsForm {
  kind: 'set' | 'typed' | 'none';
  set: string;
  userName: string;
  password: string;
}
export function credentialsOf(form: CredentialsForm, counts: Wanted): Credentials | null {
  if (counts.credentials + counts.unknown === 0 || form.kind === 'none') return null;
  return form.kind === 'set'
    ? { kind: 'set', id: form.set }
    : { kind: 'typed', user_name: form.userName, password: form.password };
}

export interface FirstAccountForm {
  /** Whether one is made where it is not known yet that it is wanted. */
  give: boolean;
  userName: string;
  kind: 'different' | 'same';
  password: string;
}
export function firstAccountOf(form: FirstAccountForm, counts: Wanted): FirstAccount | null {
  if (counts.firstAccount === 0 && !(form.give && counts.unknown > 0)) return null;
  return { user_name: form.userName, password: form.kind === 'same' ? form.password : null };
}
