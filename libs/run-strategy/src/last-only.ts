import { oneAtATime, refuseSeveralOpen } from './strategy-defaults.js';
import type { Strategy } from './queue.js';

/** LAST_ONLY: the newest instance replaces whatever waits or runs; it is launched when the running one has ended. */
export const lastOnly: Strategy = {
  ...oneAtATime,
  onStart: (counts) => ({ refused: false, stopQueued: counts.queued > 0, stopRunning: counts.running > 0 }),
  refuseSwitch: (counts) => refuseSeveralOpen('LAST_ONLY', counts),
};
