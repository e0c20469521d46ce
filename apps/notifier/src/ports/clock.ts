import type { Millis } from '@maestro/domain';

/** Clock tells the time that all replicas agree on. */
export interface Clock {
  now(): Millis;
}
