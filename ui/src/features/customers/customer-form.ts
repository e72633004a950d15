// The form of a customer (CUS-10, CUS-11, CUS-15): what it begins with, what it hands to the core, when it may be
// saved. Pure.

import type { CustomerDetails, ProxyChoice, SaveCustomer, TestConnection, TestResult } from '$wire/types';

export interface ProxyFields {
  kind: ProxyChoice['kind'];
  host: string;
  port: number | null;
}
export interface CustomerForm extends Pick<
  SaveCustomer,
  'name' | 'host' | 'user_name' | 'mode' | 'tags' | 'telephone' | 'email' | 'operators' | 'address' | 'notes'
> {
  port: number | null;
  /** Empty: the stored one stays. */
  password: string;
  proxy: ProxyFields;
}

/** A test that was made, and of what. */
export interface Tested {
  /** What `connectionKey` said of the form then. */
  key: string;
  result: TestResult;
}
/** A certificate somebody said yes to belongs to the address it was met at. */
export interface Accepted {
  address: string;
  sha256: string;
}

export const emptyForm = (): CustomerForm => ({
  name: '',
  host: '',
  port: 8443,
  user_name: 'COMAdmin',
  password: '',
  mode: 'on-premises',
  tags: [],
  telephone: '',
  email: '',
  operators: [],
  address: '',
  notes: '',
  proxy: { kind: 'workspace', host: '', port: null },
});

export function formOf(details: CustomerDetails): CustomerForm {
  const {
    id: _id,
    has_password: _password,
    revision: _revision,
    operator_names: _names,
    operators_by_label: _byLabel,
    proxy,
    ...fields
  } = details;
  const way = proxy.kind === 'workspace' || proxy.kind === 'direct' ? { ...proxy, host: '', port: null } : { ...proxy };
  return { ...fields, tags: [...fields.tags], operators: [...fields.operators], password: '', proxy: way };
}

function proxyOf({ kind, host, port }: ProxyFields): ProxyChoice {
  return kind === 'workspace' || kind === 'direct' ? { kind } : { kind, host: host.trim(), port: port ?? 0 };
}
/** Nothing where a port belongs is outside every limit, so that the core refuses it under its field. */
const portOf = (port: number | null): number => port ?? 0;

type Connection = Pick<CustomerForm, 'host' | 'port' | 'user_name' | 'password' | 'proxy'>;

export const addressKey = ({ host, port }: Pick<CustomerForm, 'host' | 'port'>): string =>
  `${host.trim().toLowerCase()}:${portOf(port)}`;

/** Everything a test depends on: a change of it makes the test one of another connection. */
export const connectionKey = ({ host, port, user_name, password, proxy }: Connection): string =>
  JSON.stringify([host.trim(), portOf(port), user_name.trim(), password, proxyOf(proxy)]);

/** The connection as it is stored needs no new test (CUS-11). */
export const isUnchanged = (form: Connection, before: CustomerDetails | null): boolean =>
  before !== null && connectionKey(form) === connectionKey(formOf(before));

/** The result of the test, as long as it is one of what stands in the form. */
export const testOf = (form: Connection, tested: Tested | null): TestResult | null =>
  tested !== null && tested.key === connectionKey(form) ? tested.result : null;

/** CUS-11: only after a successful test, unless nothing of the connection changed or nobody wants contact. */
export function maySave(
  form: Connection,
  before: CustomerDetails | null,
  tested: Tested | null,
  withoutContact: boolean,
): boolean {
  return withoutContact || isUnchanged(form, before) || (testOf(form, tested)?.proof ?? null) !== null;
}

export function toTest(form: CustomerForm, id: string | null, accepted: Accepted | null): TestConnection {
  return {
    id,
    host: form.host,
    port: portOf(form.port),
    user_name: form.user_name,
    password: form.password === '' ? null : form.password,
    proxy: proxyOf(form.proxy),
    accept: acceptOf(form, accepted),
  };
}

const acceptOf = (form: CustomerForm, accepted: Accepted | null): string | null =>
  accepted !== null && accepted.address === addressKey(form) ? accepted.sha256 : null;

export function toSave(
  form: CustomerForm,
  before: CustomerDetails | null,
  tested: Tested | null,
  accepted: Accepted | null,
  withoutContact: boolean,
): SaveCustomer {
  const proof = testOf(form, tested)?.proof ?? null;
  return {
    ...form,
    id: before?.id ?? null,
    revision: before?.revision ?? 0,
    port: portOf(form.port),
    password: form.password === '' ? null : form.password,
    proxy: proxyOf(form.proxy),
    proof,
    // What was proven is saved with its contact, whatever was ticked before.
    without_contact: withoutContact && proof === null,
    accept: acceptOf(form, accepted),
  };
}
