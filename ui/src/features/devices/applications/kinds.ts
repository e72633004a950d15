// What can be done with applications on devices (DEV-61).

import { t } from '$shared/i18n';
import type { MenuEntry } from '$shared/components';
import type { DeviceActKind, DeviceApplication } from '$wire/types';

export const CONTROL_KINDS = ['start_application', 'stop_application', 'remove_application'] as const;
/** What is done with an application that is installed. */
export type ControlKind = (typeof CONTROL_KINDS)[number];
export type ApplicationKind = ControlKind | 'install_application';

export const isAboutApplication = (kind: DeviceActKind): kind is ApplicationKind =>
  kind === 'install_application' || (CONTROL_KINDS as readonly DeviceActKind[]).includes(kind);

/** What is done with an application on a selection of devices, beside the other acts. */
export const applicationActs = (onact: (kind: ApplicationKind) => void): MenuEntry[] => [
  { label: t('applications-install'), onselect: () => onact('install_application') },
  { label: t('applications-control'), onselect: () => onact('start_application') },
];

/** What can be done with this one now: one that runs is not started. */
export const controlsOf = ({ state }: Pick<DeviceApplication, 'state'>): readonly ControlKind[] =>
  CONTROL_KINDS.filter(
    (kind) =>
      !(kind === 'start_application' && state === 'running') && !(kind === 'stop_application' && state === 'stopped'),
  );
