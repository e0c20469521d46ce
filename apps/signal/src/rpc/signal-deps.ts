import type { Logger } from '@maestro/telemetry';
import type { SignalWatcher } from '../ports/signal-watcher.js';
import type { Signals } from '../ports/signals.js';
import type { GroupAnnouncer } from '../usecases/group-announcer.js';

/** SignalDeps is what the RPCs work with. */
export interface SignalDeps {
  readonly announcer: GroupAnnouncer;
  readonly signals: Signals;
  readonly watcher: SignalWatcher;
  readonly logger: Logger;
}
