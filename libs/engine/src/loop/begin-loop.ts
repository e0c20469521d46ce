import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { failForGood } from '../phases/settle.js';
import { finish } from '../phases/finish.js';
import type { LoopState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { countLoop } from './iterations.js';
import { launchIterations } from './launch-iterations.js';
import { beginWhile } from './while.js';

const FIRST_RUN = 1;

/** beginLoop begins a foreach or while that has everything it needs to run. */
export function beginLoop(draft: Draft, step: WorkingStep, at: Millis): void {
  const loop: LoopState = { runId: FIRST_RUN, next: 0, running: [], ended: {}, rollup: {} };
  if (draft.planStep(step.ordinal).runs === 'while') return beginWhile(draft, step, loop, at);
  const counted = countLoop(step.params ?? {}, draft.plan.limits.iterations);
  if (counted.kind === 'error') return failForGood(draft, step, counted.message, at);
  step.loop = { ...loop, total: counted.total };
  if (counted.total === 0) finish(draft, step, at, at);
  else launchIterations(draft, step);
}
