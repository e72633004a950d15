// How wide the columns of the list of systems are.

import { ADDRESS_TRACK, contactTrack } from '$shared/lists/layouts';

/** Grid tracks: in the narrowest usual window all of them fit; states and addresses are whole, what names a system has most of the rest. */
export const systemWidths = (): Record<string, string> => ({
  state: '142px',
  name: 'minmax(130px, 1.4fr)',
  customer: 'minmax(150px, 1.6fr)',
  model: 'minmax(100px, 0.8fr)',
  serial: '108px',
  host: ADDRESS_TRACK,
  version: '74px',
  track: '58px',
  recommended: '98px',
  alarms: '58px',
  last_contact: contactTrack(),
});
