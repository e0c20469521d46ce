/** The end of a log that is longer than its limit: enough to see why a step failed. */
const MAX_TAIL_BYTES = 256 * 1024;
/** What the ends of all logs may take together in memory. */
export const ALL_TAILS_BYTES = 64 * 1024 * 1024;

/** LogLimits say how much of one attempt's log is kept, in bytes. */
export interface LogLimits {
  readonly maxBytes: number;
  readonly tailBytes: number;
}

/** logLimits divides what may be kept of a log into beginning and end, so that all ends together are bounded. */
export function logLimits(maxBytes: number, slots: number): LogLimits {
  const tailBytes = Math.min(Math.floor(maxBytes / 4), MAX_TAIL_BYTES, Math.floor(ALL_TAILS_BYTES / slots));
  return { maxBytes, tailBytes };
}
