import { oneAtATime, refuseSeveralOpen } from './strategy-defaults.js';
import type { Strategy } from './queue.js';

/** FIRST_ONLY: while an instance has not ended, further ones are recorded as STOPPED. */
export const firstOnly: Strategy = {
  ...oneAtATime,
  onStart: (counts) => ({ refused: counts.running + counts.queued > 0, stopQueued: false, stopRunning: false }),
  refuseSwitch: (counts) => refuseSeveralOpen('FIRST_ONLY', counts),
};
