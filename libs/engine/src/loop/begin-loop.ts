import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { failForGood } from '../phases/settle.js';
import type { LoopState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { goOnWithForeach } from './fold-iteration.js';
import { countLoop } from './iterations.js';
import { withKept, nextIndex } from './kept-iterations.js';
import type { RecalledIterations } from './recalled-iterations.js';
import { askForIterations, iterationsAsk } from './recall-iterations.js';
import { beginWhile } from './while.js';

/** Of a loop that has never run. */
const NOTHING: RecalledIterations = { runId: 0, known: 0, kept: [], ended: {}, rollup: {} };

/** beginLoop begins a foreach or while that has everything it needs to run; one that ran before asks first what became of its iterations. */
export function beginLoop(draft: Draft, step: WorkingStep, at: Millis): void {
  const ask = iterationsAsk(draft.header, draft.planStep(step.ordinal), step);
  if (ask === undefined) startLoop(draft, step, NOTHING, at);
  else askForIterations(draft, step, ask, at);
}

/** startLoop launches what is to run, beside the iterations that are kept as they were. */
export function startLoop(draft: Draft, step: WorkingStep, before: RecalledIterations, at: Millis): void {
  const { runId, known, kept, ended, rollup, resume } = before;
  const restarted = runId === 0 ? {} : { known, kept: ended };
  const loop: LoopState = { runId: runId + 1, next: 0, running: [], ended: {}, rollup, ...restarted };
  step.artifacts = withKept(step.artifacts, kept);
  if (draft.planStep(step.ordinal).runs === 'while') return beginWhile(draft, step, loop, resume, at);
  const counted = countLoop(step.params ?? {}, draft.plan.limits.iterations);
  if (counted.kind === 'error') return failForGood(draft, step, counted.message, at);
  const { total } = counted;
  step.loop = { ...loop, total, next: Math.min(nextIndex(step, 0), total) };
  goOnWithForeach(draft, step, step.loop, at);
}
