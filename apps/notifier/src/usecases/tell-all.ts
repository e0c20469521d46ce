import type { EventListener } from '../ports/event-listener.js';

/** So many at a time, however many there are: what listeners make of them is bounded. */
const CHUNK = 1_000;

/** tellAll is a listener that tells several; the events come again to all of them when one fails. */
export function tellAll(listeners: readonly EventListener[]): EventListener {
  return {
    hear: async (events) => {
      for (let from = 0; from < events.length; from += CHUNK) {
        const some = events.slice(from, from + CHUNK);
        await Promise.all(listeners.map((listener) => listener.hear(some)));
      }
    },
  };
}
