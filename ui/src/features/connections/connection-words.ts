// What is said of a contact and of the certificate met there. Pure, but for the language in force.

import type { ConnectionForm } from './connection-form';
import { proxyText } from './contact-words';
import { format, has, now, t } from '$shared/i18n';
import { href } from '$shared/router.svelte';
import type { ConnectionKind, ConnectionView, ConnectivityStatus, CustomerRow, SystemRow } from '$wire/types';

/** What a connection is called: by its address as long as it has no name of its own. */
export const connectionName = ({ name, host, port }: Pick<ConnectionView, 'name' | 'host' | 'port'>): string =>
  name === '' ? `${host}:${port}` : name;

/** CUS-02: how many of several connections there are at the moment; nothing of a single one, its state says it. */
export const ofSeveral = (row: Pick<CustomerRow, 'connections' | 'connected'>): string | null =>
  row.connections > 1 ? t('connections-connected', { connected: row.connected, connections: row.connections }) : null;

/** Where a status says another thing of each kind, its words are those of the kind: only a telephone system has a primary. */
function statusKey(status: ConnectivityStatus, kind: ConnectionKind | null): string {
  const ofKind = `status-${status}-${kind ?? ''}`;
  return has(ofKind) ? ofKind : `status-${status}`;
}

/** CUS-03: what the status of a connection is called; `kind` null: of several connections, or it is not known. */
export const statusTitle = (status: ConnectivityStatus, kind: ConnectionKind | null): string =>
  t(statusKey(status, kind));

/** CUS-03: what the status means and what to do, in one breath. */
export function statusExplained(status: ConnectivityStatus, kind: ConnectionKind | null): string {
  const key = statusKey(status, kind);
  return format.sentences(t(`${key}.explanation`), t(`${key}.action`));
}

/** CUS-03: since when a status holds that asks for a hand; null: it asks for none, or was never tried. */
export function sinceWords({ status, status_since }: Pick<ConnectionView, 'status' | 'status_since'>): string | null {
  if (isSound(status) || status_since === null) return null;
  return format.dayOf(status_since) === format.dayOf(now.value)
    ? t('connections-since', { at: format.clockTime(status_since) })
    : t('connections-since-day', { at: format.dateTime(status_since) });
}

/** When a connection in such a status is tried next; null: it is sound, or no try is planned in this process. */
export function nextTryWords({ status }: Pick<ConnectionView, 'status'>, next: number | null): string | null {
  if (isSound(status) || next === null) return null;
  // A try that is due and not yet made is made now.
  return t('connections-next-try', { in: format.relative(Math.max(next, now.value), now.value) });
}

/** What came with a status: what Flotilla has words for, and what a network or a device said in its own; empty: nothing. */
export interface Detail {
  words: string;
  technical: string;
}
export function detailOf(status: ConnectivityStatus, detail: string): Detail {
  if (detail === '') return { words: '', technical: '' };
  // DEV-03: the serial number of the device that answers.
  if (status === 'replaced') return { words: t('status-replaced-detail', { serial: detail }), technical: '' };
  // A code, and behind it what the network said where that is known only as text.
  const [code = '', said = ''] = detail.split(/: (.*)/s, 2);
  const [part = '', obstacle = ''] = code.split('.', 2);
  const ending = code.replaceAll('.', '-');
  // The numbers of an error (the hours until the next try) are not kept with a status: where it has words without them, these.
  const keys = part === 'unreachable' ? [`unreachable-${obstacle}`] : [`devices-reason-${ending}`, `error-${ending}`];
  const key = keys.find(has);
  return key === undefined ? { words: '', technical: detail } : { words: t(key), technical: said };
}

/** The same on one line, for a tooltip. */
export function detailText(status: ConnectivityStatus, detail: string): string {
  const { words, technical } = detailOf(status, detail);
  const marked = technical === '' ? '' : t('labelled', { label: t('technical-detail'), value: technical });
  return format.sentences(words, marked);
}

/** A lasting status asks for a hand; *connected* and what only lacks a right to upgrade do not. */
export const isSound = (status: ConnectivityStatus): boolean => status === 'success';

/** DEV-02: where a device that waits for its first account is given it: the page of devices added by hand, filled in. */
export const firstAccountPage = (
  { organization, host, port }: Pick<ConnectionView, 'organization' | 'host' | 'port'>,
  { folder_id, serial }: Partial<Pick<SystemRow, 'folder_id' | 'serial'>> = {},
): string =>
  href('/devices/add', {
    host,
    port: String(port),
    serial: serial ?? '',
    organization,
    folder: folder_id ?? null,
    first: 'yes',
  });

/** Where the form of a connection opens. */
export const formPage = ({ organization, id }: Pick<ConnectionView, 'organization' | 'id'>): string =>
  href('/customers', { open: organization, connection: id });

/** Whether a certificate waits for a yes (CRT-11). */
export const awaitsCertificate = (status: ConnectivityStatus): boolean =>
  status === 'certificate_changed' || status === 'certificate_not_trusted';

const LABELS: Record<keyof ConnectionForm, string> = {
  kind: 'connections-kind',
  name: 'connections-name',
  host: 'customers-host',
  port: 'list-customers-port',
  user_name: 'connections-user-name',
  password: 'connections-password',
  proxy: 'preferences-proxy',
};

export const fieldLabel = (field: keyof ConnectionForm): string => t(LABELS[field]);

/** What the value of a field of a connection's form reads like; null: it is not for the eye. */
export function fieldText(field: keyof ConnectionForm, value: ConnectionForm[keyof ConnectionForm]): string | null {
  const form = { [field]: value } as Partial<ConnectionForm>;
  if (field === 'password') return null;
  if (form.kind !== undefined) return t(`connections-kind-${form.kind}`);
  return form.proxy === undefined ? String(value ?? '') : proxyText(form.proxy);
}
