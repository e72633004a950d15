import { expect, it } from 'vitest';
import { isStretched } from './poller';

const poller = { connections: 1000, in_flight: 64, backed_off: 0, interval_seconds: 60, round_seconds: 60, polls: 1 };

/** CUS-40 */
it.each([
  [1, false],
  [1.05, false],
  [1.2, true],
  [4, true],
])('a stretch of %d', (stretch, expected) => {
  expect(isStretched({ ...poller, stretch })).toBe(expected);
});
