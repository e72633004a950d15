// How wide the columns of the list of systems are.

import { t } from '$shared/i18n';
import { choiceLabel } from '$shared/lists';
import { ADDRESS_TRACK, contactTrack, wordsTrack } from '$shared/lists/layouts';
import type { SystemState } from '$wire/types';

const STATES: Record<SystemState, true> = {
  upgrading: true,
  certificate_changed: true,
  needs_setup: true,
  authentication_failed: true,
  unreachable: true,
  reachable_no_api: true,
  limited_api: true,
  online: true,
  unknown: true,
};
export const isState = (value: string): value is SystemState => Object.hasOwn(STATES, value);
const ROLES = ['primary', 'secondary', 'expansion', 'alone'];

/**
 * `states`: those that there are; a state is whole, and its column no wider than the longest of them.
 *
 * Grid tracks: in the narrowest usual window all of them fit; states and addresses are whole, what names a system has most of the
 * rest, and details give way before it.
 */
export const systemWidths = (states: readonly string[] = Object.keys(STATES)): Record<string, string> => ({
  state: wordsTrack(
    states.map((state) => t(`system-state-${state}`)),
    true,
  ),
  name: 'minmax(130px, 1.5fr)',
  customer: 'minmax(164px, 1.5fr)',
  role: wordsTrack(ROLES.map((role) => choiceLabel('systems', 'role', role))),
  model: 'minmax(84px, 0.6fr)',
  serial: 'minmax(104px, 0.1fr)',
  host: ADDRESS_TRACK,
  version: '74px',
  track: '58px',
  recommended: 'minmax(98px, 0.1fr)',
  alarms: '58px',
  last_contact: `minmax(${contactTrack()}, 0.1fr)`,
});
