import type { Millis } from '@maestro/domain';

/** TaskQueue tells what the broker still holds. */
export interface TaskQueue {
  /** When the oldest task on a subject that nobody has settled was stored; undefined: there is none. */
  oldest(subject: string): Promise<Millis | undefined>;
  /** Since when the broker keeps tasks: what was delivered before may be running, and the broker knows nothing of it. */
  keptSince(): Promise<Millis>;
}
