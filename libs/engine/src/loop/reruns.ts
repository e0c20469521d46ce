import type { RestartConfig, WorkflowInstanceStatus } from '@maestro/domain';
import type { LeafCounts, StepState } from '../state.js';

/** IterationRerun is an iteration that a person restarted while its loop runs. */
export interface IterationRerun {
  readonly index: number;
  readonly runId: number;
  /** It has not found a place among those under way yet. */
  readonly waiting: boolean;
  readonly config: RestartConfig;
  readonly by: string;
  /** Of the request: known again when that is repeated. */
  readonly requestId: string;
  /** How it had ended before. */
  readonly ended?: EndedIteration;
}

/** EndedIteration is an iteration as it ended before it is restarted. */
export interface EndedIteration {
  readonly index: number;
  readonly runId: number;
  readonly status: WorkflowInstanceStatus;
  readonly rollup: LeafCounts;
}

/** rerunOf is the latest restart of an iteration within its loop. */
export function rerunOf({ reruns }: Pick<StepState, 'reruns'>, index: number): IterationRerun | undefined {
  return reruns?.find((rerun) => rerun.index === index);
}

/** runIdOf is the run id that an iteration has in this attempt of its loop. */
export function runIdOf(step: Pick<StepState, 'loop' | 'reruns'>, index: number): number {
  return rerunOf(step, index)?.runId ?? step.loop?.runId ?? 1;
}

/** waitingReruns are the indexes of iterations that are to run again, ascending. */
export function waitingReruns({ reruns = [] }: Pick<StepState, 'reruns'>): readonly number[] {
  return reruns
    .filter(({ waiting }) => waiting)
    .map(({ index }) => index)
    .sort((left, right) => left - right);
}

/** withRerun puts a restart in the place of an earlier one of the same iteration. */
export function withRerun(reruns: readonly IterationRerun[] = [], rerun: IterationRerun): readonly IterationRerun[] {
  return [...reruns.filter(({ index }) => index !== rerun.index), rerun];
}

/** startedReruns notes that restarted iterations have found a place. */
export function startedReruns(
  reruns: readonly IterationRerun[] | undefined,
  indexes: readonly number[],
): readonly IterationRerun[] | undefined {
  if (indexes.length === 0) return reruns;
  const started = new Set(indexes);
  return reruns?.map((rerun) => (started.has(rerun.index) ? { ...rerun, waiting: false } : rerun));
}
