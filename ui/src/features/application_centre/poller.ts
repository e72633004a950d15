import type { PollerStatus } from '$wire/types';

/** A round that takes a tenth longer than asked is still on time: answers never come at the same pace. */
const TOLERANCE = 1.1;

/** CUS-40: whether the fleet is larger than interval and concurrency allow. */
export const isStretched = (poller: PollerStatus): boolean => poller.stretch > TOLERANCE;
