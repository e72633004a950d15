// What can be done on devices that are managed (DEV-24, DEV-40, DEV-41). Pure, but for the language in force.

import type { MenuEntry } from '$shared/components';
import { t } from '$shared/i18n';
import type { DeviceActKind, DeviceRole } from '$wire/types';

const OPERATING = [
  'create_account',
  'set_password',
  'delete_account',
  'rotate_password',
  'restart',
  'rollback',
  'factory_default',
  'transfer',
  'remove',
] as const satisfies readonly DeviceActKind[];
/** What is asked for by its dialog, of devices that are managed; the other acts have pages of their own. */
export type OperatingKind = (typeof OPERATING)[number];
export const isOperating = (kind: DeviceActKind): kind is OperatingKind =>
  (OPERATING as readonly DeviceActKind[]).includes(kind);

/** What is about an account on the devices; one dialog has all three. */
export const ACCOUNT_KINDS = ['create_account', 'set_password', 'delete_account'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];
export const isAboutAccount = (kind: OperatingKind): kind is AccountKind =>
  (ACCOUNT_KINDS as readonly string[]).includes(kind);

/** What a person reads where the acts are offered, and the palette's command of each. */
export const OFFERED = [
  { kind: 'create_account', label: 'device-acts-accounts', command: 'devices.accounts' },
  { kind: 'restart', label: 'device-acts-restart', command: 'devices.restart' },
  { kind: 'rotate_password', label: 'device-acts-rotate', command: 'devices.rotate' },
  { kind: 'rollback', label: 'device-acts-rollback', command: 'devices.roll-back' },
  { kind: 'factory_default', label: 'device-acts-factory-default', command: 'devices.factory-default' },
  { kind: 'transfer', label: 'device-acts-transfer', command: 'devices.transfer' },
  { kind: 'remove', label: 'device-acts-remove', command: 'devices.remove' },
] as const satisfies readonly { kind: OperatingKind; label: string; command: string }[];

/** What is ordered as a job; the others are done at once, with a page of their results. */
export const isJob = (kind: OperatingKind): boolean =>
  kind === 'restart' || kind === 'rollback' || kind === 'factory_default';

/** What cannot be undone. */
export const isDangerous = (kind: OperatingKind): boolean =>
  kind === 'factory_default' || kind === 'delete_account' || kind === 'remove';

/** The acts as entries of a menu. */
export const actEntries = (onact: (kind: OperatingKind) => void): MenuEntry[] =>
  OFFERED.map(({ kind, label }) => ({
    label: t(label),
    danger: isDangerous(kind),
    onselect: () => onact(kind),
  }));

export const ROLES: readonly DeviceRole[] = ['viewer', 'operator', 'administrator'];

/** What is known already of an act that is asked for once more. */
export interface DeviceActPreset {
  /** The name of the account that it is about. */
  user_name?: string;
}

/** What an account on a device may do, in words. */
export function roleWords(role: DeviceRole | null, ptz: boolean): string {
  const word = t(role === null ? 'device-role-none' : `device-role-${role}`);
  return ptz ? t('device-role-ptz', { role: word }) : word;
}
