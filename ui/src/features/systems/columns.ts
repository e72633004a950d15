// How wide the columns of the list of systems are.

import { ADDRESS_TRACK, contactTrack } from '$shared/lists/layouts';

/** Grid tracks: in the narrowest usual window all of them fit, and what names a system has most of the space. */
export const systemWidths = (): Record<string, string> => ({
  state: 'minmax(112px, 0.8fr)',
  name: 'minmax(130px, 1.4fr)',
  customer: 'minmax(150px, 1.6fr)',
  model: 'minmax(100px, 0.8fr)',
  serial: '112px',
  host: ADDRESS_TRACK,
  version: '80px',
  track: '62px',
  recommended: '98px',
  alarms: '72px',
  last_contact: contactTrack(),
});
