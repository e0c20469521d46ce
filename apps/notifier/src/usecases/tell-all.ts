import type { EventListener } from '../ports/event-listener.js';

/** tellAll is a listener that tells several; the events come again to all of them when one fails. */
export function tellAll(listeners: readonly EventListener[]): EventListener {
  return {
    hear: async (events) => {
      if (events.length > 0) await Promise.all(listeners.map((listener) => listener.hear(events)));
    },
  };
}
