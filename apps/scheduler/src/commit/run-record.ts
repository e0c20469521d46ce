import type { Millis } from '@maestro/domain';
import type { Plan, RunState } from '@maestro/engine';

/** RunRecord is a run as the commit loop holds it: the engine's state and what the shell keeps beside it. */
export interface RunRecord {
  /** Owned by the cache; changed only after a commit. */
  state: RunState;
  readonly plan: Plan;
  /** Optimistic version of the run row. */
  ver: number;
  admitted: boolean;
  blocking: boolean;
  /** When the run's wakeup row is due; undefined = it has none. */
  wakeAt: Millis | undefined;
  parkedReason: string | undefined;
}
