// What the forms of customers and connections have in common (CUS-11, CUS-15): the way to a system, its test, and what
// the test proves. Pure.

import type { ProxyChoice, TestResult } from '$wire/types';

export interface ProxyFields {
  kind: ProxyChoice['kind'];
  host: string;
  port: number | null;
}

/** The fields a test depends on. */
export interface ContactFields {
  host: string;
  port: number | null;
  user_name: string;
  /** Empty: the stored one stays. */
  password: string;
  proxy: ProxyFields;
}

/** A test that was made, and of what. */
export interface Tested {
  /** What `contactKey` said of the form then. */
  key: string;
  result: TestResult;
}
/** A certificate somebody said yes to belongs to the address it was met at. */
export interface Accepted {
  address: string;
  sha256: string;
}

export const PROXIES: readonly ProxyChoice['kind'][] = ['workspace', 'direct', 'http_connect', 'socks5'];

/** Nothing where a port belongs is outside every limit, so that the core refuses it under its field. */
export const portOf = (port: number | null): number => port ?? 0;

export function proxyOf({ kind, host, port }: ProxyFields): ProxyChoice {
  return kind === 'workspace' || kind === 'direct' ? { kind } : { kind, host: host.trim(), port: port ?? 0 };
}

export const proxyFields = (proxy: ProxyChoice): ProxyFields =>
  proxy.kind === 'workspace' || proxy.kind === 'direct' ? { ...proxy, host: '', port: null } : { ...proxy };

export const addressKey = ({ host, port }: Pick<ContactFields, 'host' | 'port'>): string =>
  `${host.trim().toLowerCase()}:${portOf(port)}`;

/** Everything a test depends on: a change of it makes the test one of another connection. */
export const contactKey = ({ host, port, user_name, password, proxy }: ContactFields): string =>
  JSON.stringify([host.trim(), portOf(port), user_name.trim(), password, proxyOf(proxy)]);

/** The result of the test, as long as it is one of what stands in the form. */
export const testOf = (form: ContactFields, tested: Tested | null): TestResult | null =>
  tested !== null && tested.key === contactKey(form) ? tested.result : null;

/** The yes, as long as it is one to a certificate of this address. */
export const acceptOf = (form: ContactFields, accepted: Accepted | null): string | null =>
  accepted !== null && accepted.address === addressKey(form) ? accepted.sha256 : null;
