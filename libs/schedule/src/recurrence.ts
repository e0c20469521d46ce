import type { Millis } from '@maestro/domain';

/** Recurrence is an endless or ending row of instants. */
export interface Recurrence {
  /** The first instant strictly after another one; undefined when there is none. */
  after(at: Millis): Millis | undefined;
}
