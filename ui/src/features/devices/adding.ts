// What is to be added, wherever it comes from: a search, typed by hand, or results that failed (DEV-02). Pure.

import type { CertificateView, Credentials, DeviceResultRow, FirstAccount, FoundDevice, NewDevice } from '$wire/types';

/** The core takes so many at once. */
export const MOST_DEVICES = 5000;
/** The port of devices that are given none. */
const HTTPS = 443;

/** What a device wants before it can be managed; `unknown`: that is seen when it is reached; `nothing`: it is signed in to as before. */
export type Wants = 'first_account' | 'credentials' | 'unknown' | 'nothing';

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

const WANTED: Partial<Record<FoundDevice['state'], Wants>> = {
  factory_new: 'first_account',
  new_certificate: 'unknown',
  // The core knows its account and its certificate (DEV-03).
  moved: 'nothing',
};

export const candidateOfFound = (device: FoundDevice): Candidate => ({
  host: device.host,
  port: device.port,
  // It keeps the name that it has.
  name: '',
  serial: device.serial,
  model: device.model,
  wants: WANTED[device.state] ?? 'credentials',
  certificate: device.certificate,
  moved: device.state === 'moved',
});

/** A device as it is typed; one that is `named` by its address and port is that one. */
export const candidateTyped = (
  { host, port, name }: Pick<Candidate, 'host' | 'port' | 'name'>,
  named: Candidate | null,
): Candidate => ({
  host,
  port,
  name,
  ...(named !== null && host.trim() === named.host && port === named.port
    ? { serial: named.serial, wants: named.wants }
    : { serial: '', wants: 'unknown' as const }),
  model: '',
  certificate: null,
  moved: false,
});

/** The device that the address of a page names, such as one that waits for its first account; null: none. */
export function candidateOfAddress(query: (name: string) => string | null): Candidate | null {
  const host = query('host')?.trim() ?? '';
  if (host === '') return null;
  const port = Number(query('port') ?? HTTPS);
  return {
    host,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : HTTPS,
    // It keeps the name that it has.
    name: '',
    serial: query('serial') ?? '',
    model: '',
    wants: query('first') === 'yes' ? 'first_account' : 'unknown',
    certificate: null,
    moved: false,
  };
}

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
    else if (wants === 'unknown') counts.unknown += 1;
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
