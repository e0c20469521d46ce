import type { Draft } from './draft.js';
import type { EngineEvent } from './event.js';
import type { StepState } from './state.js';

/** tellBelow leaves an event with all runs that steps of this one have started and wait for. */
export function tellBelow(draft: Draft, event: EngineEvent): void {
  for (const { ordinal } of draft.plan.nested) {
    const step = draft.step(ordinal);
    if (step?.status === 'RUNNING' && hasRuns(draft, step)) {
      draft.commands.push({ type: 'tell-children', ordinal, attempt: step.attempt, event });
    }
  }
}

/** Nobody waits for the run of an asynchronous subworkflow: it is on its own. */
function hasRuns(draft: Draft, { ordinal, loop, child }: StepState): boolean {
  if (loop) return loop.running.length > 0;
  return child !== undefined && child.status === undefined && draft.planStep(ordinal).sync !== false;
}
