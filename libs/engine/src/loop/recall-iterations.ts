import type { Millis } from '@maestro/domain';
import type { Draft } from '../draft.js';
import { restartBelow } from '../restart/restart-below.js';
import type { RunHeader, StepState } from '../state.js';
import { START_REPEAT_MILLIS } from '../timing.js';
import type { WorkingStep } from '../working-step.js';
import type { PlanStep } from '../plan.js';

/** Kept says which iterations of the runs before do not run again. */
export type KeptIterations = 'none' | 'succeeded' | 'ended';

/** IterationsAsk is what a loop that restarts wants to know of its iterations. */
export interface IterationsAsk {
  readonly keep: KeptIterations;
  /** 0-based index of the iteration that the path of the restart leads to. */
  readonly target?: number | undefined;
}

/** iterationsAsk says what a loop has to know before it begins; undefined = it has never run, and begins afresh. */
export function iterationsAsk(header: RunHeader, planStep: PlanStep, step: StepState): IterationsAsk | undefined {
  const config = restartBelow(header, planStep, step);
  if (config === undefined) return header.body !== undefined && header.runId > 1n ? { keep: 'none' } : undefined;
  const node = config.path.at(-1);
  if (node !== undefined) return { keep: 'ended', target: Number(node.instanceId) - 1 };
  return { keep: config.downstreamPolicy === 'RESTART_FROM_BEGINNING' ? 'none' : 'succeeded' };
}

/** askForIterations asks until it is answered. */
export function askForIterations(draft: Draft, step: WorkingStep, ask: IterationsAsk, at: Millis): void {
  draft.commands.push({ type: 'recall-iterations', ordinal: step.ordinal, attempt: step.attempt, ask });
  draft.setDue(step, at + START_REPEAT_MILLIS);
}
