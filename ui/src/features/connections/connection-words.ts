// What is said of a contact and of the certificate met there. Pure, but for the language in force.

import { has, t } from '$shared/i18n';
import type { ConnectivityStatus } from '$wire/types';

/** CUS-02: how many of several connections there are at the moment; nothing of a single one, its state says it. */
export const ofSeveral = (row: { connections?: number; connected?: number }): string | null =>
  (row.connections ?? 0) > 1
    ? t('connections-connected', { connected: row.connected ?? 0, connections: row.connections ?? 0 })
    : null;

/** CUS-03: what the status means and what to do, in one breath. */
export const statusExplained = (status: ConnectivityStatus): string =>
  `${t(`status-${status}.explanation`)} ${t(`status-${status}.action`)}`;

/** What the network said of it, in words where it is something Flotilla knows. */
export const detailWords = (detail: string): string => {
  // A code, and behind it what the network said where that is known only as text.
  const [code = '', said = ''] = detail.split(/: (.*)/s, 2);
  const [part = '', obstacle = ''] = code.split('.', 2);
  const key = part === 'unreachable' ? `unreachable-${obstacle}` : `error-${code.replaceAll('.', '-')}`;
  if (!has(key)) return detail;
  return said === '' ? t(key) : t('labelled', { label: t(key), value: said });
};

/** A lasting status asks for a hand; *connected* and what only lacks a right to upgrade do not. */
export const isSound = (status: ConnectivityStatus): boolean => status === 'success';

/** Whether a certificate waits for a yes (CRT-11). */
export const awaitsCertificate = (status: ConnectivityStatus): boolean =>
  status === 'certificate_changed' || status === 'certificate_not_trusted';
