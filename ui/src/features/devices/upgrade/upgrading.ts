// The way to the upgrade of devices, and what its plan comes to (DEV-20).

import { WireError } from '$platform';
import { errorText, format, t } from '$shared/i18n';
import { href, router } from '$shared/router.svelte';
import type { UpgradeExclusion, UpgradeGroup, UpgradePlan } from '$wire/types';
import { chosenQuery } from '../commissioning/chosen';

const PAGE = '/devices/upgrade';
/** The core plans for so many devices at once. */
export const MOST_UPGRADED = 5000;

/** Goes to the assistant for these devices. */
export const openUpgrade = (ids: readonly string[]): void => router.go(PAGE, chosenQuery(ids));
export const upgradeOf = (ids: readonly string[]): string => href(PAGE, { ids: ids.join(',') });
/** The address of the assistant for all devices of a model; null: of all organizations. */
export const upgradeOfModel = (model: string, organization: string | null): string =>
  href(PAGE, { model, organization });
export const tooManyToUpgrade = (ids: readonly string[]): string | null =>
  ids.length > MOST_UPGRADED ? t('upgrade-too-many', { limit: format.number(MOST_UPGRADED) }) : null;

export const STEPS = ['targets', 'rollout', 'summary'] as const;
export type Step = (typeof STEPS)[number];
export const stepOf = (text: string | null): Step => STEPS.find((step) => step === text) ?? 'targets';

const MINUTE = 60_000;
export const minutesWords = (minutes: number): string => format.duration(minutes * MINUTE);
/** The versions that are gone through before the last one. */
export const throughOf = ({ path }: UpgradeGroup): string[] => path.slice(0, -1).map(({ version }) => version);
export const targetOf = ({ path }: UpgradeGroup): string => path.at(-1)?.version ?? '';
export const sizeOf = ({ path }: UpgradeGroup): number => path.reduce((sum, { size }) => sum + size, 0);
/** All versions that devices end with. */
export const targetsOf = (plan: UpgradePlan): string[] => [
  ...new Set(plan.groups.map(targetOf).filter((version) => version !== '')),
];
export const excludedOf = (plan: UpgradePlan): number => plan.excluded.reduce((sum, { count }) => sum + count, 0);
/** The longest that one device takes, in minutes. */
export const longestOf = (plan: UpgradePlan): number => Math.max(0, ...plan.groups.map(({ minutes }) => minutes));
/** Where they all run the same version, it is named. */
export function whyExcluded({ problem, count, devices }: UpgradeExclusion): string {
  if (problem !== 'upgrade.current') return errorText(new WireError({ code: problem }));
  const [version = '', ...others] = new Set(devices.map((device) => device.version));
  return version === '' || others.length > 0 || devices.length < count
    ? t('upgrade-excluded-current')
    : errorText(new WireError({ code: problem, params: { version } }));
}
