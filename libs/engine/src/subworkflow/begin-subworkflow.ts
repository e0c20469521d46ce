import { MAX_DEPTH, type Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { failForGood } from '../phases/settle.js';
import type { WorkingStep } from '../working-step.js';
import { askForChild } from './ask-for-child.js';

/** beginSubworkflow asks for the run of the step; a chain of runs that start each other ends somewhere. */
export function beginSubworkflow(draft: Draft, step: WorkingStep, at: Millis): void {
  const { initiator } = draft.header;
  const depth = 'depth' in initiator ? initiator.depth : 0;
  if (depth + 1 < MAX_DEPTH) return askForChild(draft, step, at);
  failForGood(
    draft,
    step,
    `a subworkflow here would lie ${depth + 1} levels deep; less than ${MAX_DEPTH} are allowed`,
    at,
  );
}
