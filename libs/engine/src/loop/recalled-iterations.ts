import type { ParamValueMap, WorkflowInstanceStatus } from '@maestro/domain';
import type { LeafCounts } from '../state.js';
import type { Ranges } from './kept-iterations.js';

/** RecalledIterations is what became of the iterations of a loop in the runs before, as far as a restart needs it. */
export interface RecalledIterations {
  /** The largest run id that any of them has; 0 = there are none. */
  readonly runId: number;
  /** How many there have been. */
  readonly known: number;
  /** Indexes of those that do not run again. */
  readonly kept: Ranges;
  /** How those ended, and their leaf steps. */
  readonly ended: Readonly<Partial<Record<WorkflowInstanceStatus, number>>>;
  readonly rollup: LeafCounts;
  /** Of a while: where it goes on, and the loop's variables there. */
  readonly resume?: { readonly index: number; readonly values: ParamValueMap } | undefined;
}
