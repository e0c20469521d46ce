import { oneAtATime } from './strategy-defaults.js';
import type { Strategy } from './queue.js';

/** SERIAL_LATEST_ONLY: one instance runs undisturbed, and of the others only the newest waits. */
export const serialLatestOnly: Strategy = {
  ...oneAtATime,
  onStart: (counts) => ({ refused: false, stopQueued: counts.queued > 0, stopRunning: false }),
};
