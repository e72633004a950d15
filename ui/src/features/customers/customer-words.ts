// What the list and the panel say of a customer. Pure, but for the language in force.

import { t } from '$shared/i18n';
import type { Application, Mode } from '$wire/types';

/** CUS-50, CUS-52: an action is offered if it fits any of the selected; on premises all of them fit. */
export const APPLICATIONS: readonly Application[] = [
  'web_manager',
  'web_control',
  'web_license_manager',
  'one_x_portal',
];

export const applicationName = (application: Application): string => t(`preferences-application-${application}`);
export const modeName = (mode: Mode): string => t(`choice-customers-mode-${mode}`);
