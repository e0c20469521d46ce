import type { Millis } from '@maestro/domain';

/** Clock is the executor's only source of time. */
export interface Clock {
  /** now is the scheduler's time, as well as it is known here. */
  now(): Millis;
  /** monotonic is a local clock that never jumps, in milliseconds; its zero means nothing. */
  monotonic(): number;
}
