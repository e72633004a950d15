// What the list and the panel say of a customer. Pure, but for the language in force.

import { has, t } from '$shared/i18n';
import type { Application, ConnectivityStatus, Mode } from '$wire/types';

/** CUS-50, CUS-52: an action is offered if it fits any of the selected; on premises all of them fit. */
export const APPLICATIONS: readonly Application[] = [
  'web_manager',
  'web_control',
  'web_license_manager',
  'one_x_portal',
];

export const applicationName = (application: Application): string => t(`preferences-application-${application}`);
export const modeName = (mode: Mode): string => t(`choice-customers-mode-${mode}`);

/** CUS-03: what the status means and what to do, in one breath. */
export const statusExplained = (status: ConnectivityStatus): string =>
  `${t(`status-${status}.explanation`)} ${t(`status-${status}.action`)}`;

/** What the network said of it, in words where it is something Flotilla knows. */
export const detailWords = (detail: string): string => {
  // A code, and behind it what the network said where that is known only as text.
  const [code = '', said] = detail.split(/: (.*)/s, 2);
  const name = code.replaceAll('.', '-');
  const key = [`error-${name}`, `unreachable-${name.replace(/^unreachable-/, '')}`].find(has);
  if (key === undefined) return detail;
  return said === undefined || said === '' ? t(key) : `${t(key)}: ${said}`;
};

/** A lasting status asks for a hand; *connected* and what only lacks a right to upgrade do not. */
export const isSound = (status: ConnectivityStatus): boolean => status === 'success';

/** Whether a certificate waits for a yes (CRT-11). */
export const awaitsCertificate = (status: ConnectivityStatus): boolean =>
  status === 'certificate_changed' || status === 'certificate_not_trusted';
