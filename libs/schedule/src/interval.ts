import type { Millis } from '@maestro/domain';
import type { Recurrence } from './recurrence.js';

/** intervalRecurrence fires at its first instant and then each time the interval has passed, in real time. */
export function intervalRecurrence(first: Millis, everyMs: number): Recurrence {
  return {
    after: (at) => (at < first ? first : first + (Math.floor((at - first) / everyMs) + 1) * everyMs),
  };
}
