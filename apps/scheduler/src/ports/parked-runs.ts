import type { RunKey } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';

/** ParkedRuns lets runs go on that an error had stopped. */
export interface ParkedRuns {
  /** Free the run; answers the events that had waited, oldest first. */
  unpark(runKey: RunKey): Promise<readonly EngineEvent[]>;
}
