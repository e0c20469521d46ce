import type { Timing } from '../../ports/timing.js';

/** processTiming is the time of this process. */
export const processTiming: Timing = {
  soon: (act) => void setImmediate(act),
  after: (pauseMs, act) => {
    const timer = setTimeout(act, pauseMs);
    return () => clearTimeout(timer);
  },
};
