import type { MaestroEvent } from './maestro-event.js';

/** EventListener is somebody in this service who is told what happens: at least once, in the order in which it was heard. */
export interface EventListener {
  /** hear has stored what it makes of the events when it resolves; the same events come again after a crash. */
  hear(events: readonly MaestroEvent[]): Promise<void>;
}
