import type { Millis } from '@maestro/domain';

/** TaskQueue tells what the broker still holds. */
export interface TaskQueue {
  /** When the oldest task of a pool and step type that nobody has settled was stored; undefined: there is none. */
  oldest(pool: string, stepType: string): Promise<Millis | undefined>;
}
