import type { Evaluations } from './evaluations.js';
import type { Plan } from './plan.js';
import type { RunHeader, StepState } from './state.js';

/** RunReader is what looking at a run needs: a draft is one, and so is a state with its plan. */
export interface RunReader {
  readonly plan: Plan;
  readonly header: RunHeader;
  /** Who evaluates; default: at once, in this thread. */
  readonly evaluations?: Evaluations | undefined;
  /** The latest attempt of a step. */
  step(ordinal: number): StepState | undefined;
}
