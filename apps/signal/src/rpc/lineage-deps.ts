import type { Lineage } from '../ports/lineage.js';
import type { ExplainTriggersDeps } from '../usecases/explain-triggers.js';
import type { Signals } from '../ports/signals.js';

/** LineageDeps is what the RPCs about lineage work with. */
export interface LineageDeps extends ExplainTriggersDeps {
  readonly lineage: Lineage;
  readonly signals: Signals;
}

/** At most so many of a kind are answered for one signal or run. */
export const LINEAGE_LIMIT = 1_000;
