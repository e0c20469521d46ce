import type { Logger } from '@maestro/telemetry';
import type { Signals } from '../ports/signals.js';
import type { GroupAnnouncer } from '../usecases/group-announcer.js';

/** SignalDeps is what the RPCs work with. */
export interface SignalDeps {
  readonly announcer: GroupAnnouncer;
  readonly signals: Signals;
  readonly logger: Logger;
}
