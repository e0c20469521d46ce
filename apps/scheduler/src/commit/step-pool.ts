import type { ParamValue } from '@maestro/domain';
import type { PlanStep, RunHeader, StepState } from '@maestro/engine';

/** Params by which a step, or the whole run, chooses who runs it. The step's own count before the run's. */
export const POOL_PARAM = 'executor_pool';
export const LABELS_PARAM = 'executor_labels';

/** PoolChooser knows which pools have executors with some labels. */
export interface PoolChooser {
  /** The pool to take for steps that ask for all of these labels; undefined while there is none. */
  withLabels(labels: readonly string[]): string | undefined;
}

const NOBODY = 'labels:';

/** poolOf is the pool of an attempt: where it was put, or where it would be put now. */
export function poolOf(planStep: PlanStep | undefined, step: StepState, run: RunParams, chooser: PoolChooser): string {
  if (step.pool !== undefined && step.dispatchedAt !== undefined) return step.pool;
  return chosenPool(step, run, chooser) ?? planStep?.pool ?? '';
}

type RunParams = Pick<RunHeader, 'params'>;

/** chosenPool is the pool that the params of a step or its run choose; undefined when they choose none. */
export function chosenPool(step: StepState, run: RunParams, chooser: PoolChooser): string | undefined {
  const pool = valueOf(step, run, POOL_PARAM);
  if (typeof pool === 'string' && pool.trim() !== '') return pool.trim();
  const labels = labelsOf(step, run);
  if (labels.length === 0) return undefined;
  return chooser.withLabels(labels) ?? `${NOBODY}${labels.join(',')}`;
}

/** unservedLabels are the labels that a pool stands for which nobody has: a step waits under that name until somebody does. */
export function unservedLabels(pool: string): readonly string[] | undefined {
  return pool.startsWith(NOBODY) ? pool.slice(NOBODY.length).split(',') : undefined;
}

function labelsOf(step: StepState, run: RunParams): readonly string[] {
  const value = valueOf(step, run, LABELS_PARAM);
  if (typeof value === 'string') return namesOf(value.split(','));
  return Array.isArray(value) ? namesOf(value.map(String)) : [];
}

function namesOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))].sort();
}

function valueOf(step: StepState, run: RunParams, name: string): ParamValue | undefined {
  return step.params?.[name]?.evaluatedResult ?? run.params[name]?.evaluatedResult;
}
