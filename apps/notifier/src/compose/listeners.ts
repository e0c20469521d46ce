import type { NotifierConfig } from '../config.js';
import type { EventListener } from '../ports/event-listener.js';
import type { Base } from './base.js';
import type { Outgoing } from './deliveries.js';

/** listenersOf are those in this service who hear what happens, one line each. */
export function listenersOf(_base: Base, _config: NotifierConfig, _outgoing: Outgoing): readonly EventListener[] {
  return [];
}
