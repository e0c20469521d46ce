import type { InstanceIdentity, StepStatus } from '@maestro/domain';
import { leavesOf, restoreState, runsUnderWay, runtimeOverview, type LeafCounts } from '@maestro/engine';
import type { DefinitionStore } from '../ports/definition-store.js';
import { planOfRun } from '../ports/plan-of-run.js';
import type { NotableLeaf, RunReader } from '../ports/run-reader.js';
import { inheritedSteps } from '../queries/inherited-steps.js';
import type { RunWithPlan } from './read-run.js';

/** References in one roll-up: enough to find what is wrong, and an answer that stays small. */
const MAX_REFERENCES = 100;

export interface ReadRollupDeps {
  readonly reader: Pick<RunReader, 'countsBelow' | 'notableLeaves'>;
  readonly definitions: Pick<DefinitionStore, 'plan'>;
}

/** LeafName refers to the latest attempt of a leaf step. */
export interface LeafName extends InstanceIdentity {
  readonly stepId: string;
  readonly attempt: number;
  readonly status: StepStatus;
}

/** Rollup is how the leaf steps of a run and of all below it fare. */
export interface Rollup {
  readonly counts: LeafCounts;
  /** Those that run, wait or have failed. */
  readonly leaves: readonly LeafName[];
}

/** readRollup counts and names leaf steps (specification §3.6); of runs below that go on, their own steps count. */
export async function readRollup(deps: ReadRollupDeps, { run, plan }: RunWithPlan): Promise<Rollup> {
  const state = restoreState(plan, run.header, [...run.attempts, ...inheritedSteps(run)]);
  const { statuses } = runtimeOverview(plan, state);
  const own = Object.fromEntries(Object.entries(statuses).map(([status, { count }]) => [status, count]));
  const { runKey } = run.header;
  const [below, notable] = await Promise.all([
    deps.reader.countsBelow(runKey, runsUnderWay(plan, state)),
    deps.reader.notableLeaves(runKey, MAX_REFERENCES),
  ]);
  const counts = leavesOf(own, plan, (ordinal) => state.steps.get(ordinal), below);
  return { counts, leaves: await Promise.all(notable.map((leaf) => named(deps, leaf))) };
}

async function named({ definitions }: ReadRollupDeps, leaf: NotableLeaf): Promise<LeafName> {
  const { workflowId, instanceId, runId, attempt, status } = leaf;
  const plan = await planOfRun(definitions, leaf);
  return { workflowId, instanceId, runId, stepId: plan.steps[leaf.ordinal]?.id ?? '', attempt, status };
}
