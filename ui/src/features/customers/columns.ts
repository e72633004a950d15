// How wide the columns of the list of customers are.

import { contactTrack } from '$shared/lists/layouts';

/** Grid tracks: in the narrowest usual window all of them fit. An address is whole with the two signs beside it. */
export const customerWidths = (): Record<string, string> => ({
  name: 'minmax(184px, 1.8fr)',
  mode: '48px',
  systems: '72px',
  host: '152px',
  version: 'minmax(74px, 96px)',
  alarms: '72px',
  status: 'minmax(138px, 1.2fr)',
  icons: '56px',
  operators: '92px',
  tags: 'minmax(112px, 1.4fr)',
  licences: '92px',
  last_contact: contactTrack(),
});
