import type { Millis, WorkflowInstanceStatus } from '@maestro/domain';
import { explainRun } from '../explain/explain-run.js';
import type { Explained } from '../explain/explained.js';
import type { RunReference } from '../ports/run-reader.js';
import type { WaitReader } from '../ports/wait-reader.js';
import { ordinalOf } from '../queries/find-step.js';
import { readRunWithPlan, type ReadRunDeps } from './read-run.js';

export interface ExplainDeps extends ReadRunDeps {
  readonly waits: WaitReader;
  now(): Millis;
}

/** Explanation is why a run or step is where it is. */
export interface Explanation {
  readonly status: WorkflowInstanceStatus;
  readonly explained: readonly Explained[];
}

/** explain reads a run and everything that it may wait for. Throws INSTANCE_NOT_FOUND, STEP_NOT_FOUND. */
export async function explain(deps: ExplainDeps, reference: RunReference, stepId: string): Promise<Explanation> {
  const { run, plan } = await readRunWithPlan(deps, reference);
  const ordinal = stepId === '' ? undefined : ordinalOf(plan, stepId);
  const { runKey, workflowKey, status } = run.header;
  const [place, ready, permits, executors] = await Promise.all([
    deps.waits.place(workflowKey, run.header),
    deps.waits.ready(runKey),
    deps.waits.permits(runKey),
    deps.waits.executors(),
  ]);
  const facts = { run, plan, place, ready, permits, executors, now: deps.now() };
  return { status, explained: explainRun(facts, ordinal) };
}
