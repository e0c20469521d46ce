import type { Millis } from '@maestro/domain';
import { allWorkflowParams, compareRuns, type RunComparison, type RunHeader, type RunSide } from '@maestro/engine';
import type { RunReference } from '../ports/run-reader.js';
import { inheritedSteps } from '../queries/inherited-steps.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import { readRunWithPlan, type ReadRunDeps, type RunWithPlan } from './read-run.js';

export interface CompareRunsDeps extends ReadRunDeps {
  now(): Millis;
}

/** ComparedRuns is two runs and what they have different. */
export interface ComparedRuns {
  readonly left: RunHeader;
  readonly right: RunHeader;
  readonly comparison: RunComparison;
}

/** comparedRuns reads two runs and puts them side by side. Throws INSTANCE_NOT_FOUND. */
export async function comparedRuns(
  deps: CompareRunsDeps,
  leftRun: RunReference,
  rightRun: RunReference,
): Promise<ComparedRuns> {
  const [left, right] = await Promise.all([readRunWithPlan(deps, leftRun), readRunWithPlan(deps, rightRun)]);
  const comparison = compareRuns(sideOf(left), sideOf(right), deps.now());
  return { left: left.run.header, right: right.run.header, comparison };
}

function sideOf({ run, plan }: RunWithPlan): RunSide {
  const { header, attempts } = run;
  const done = inheritedSteps(run).map((step) => ({
    ...step,
    inherited: step.inherited ?? { runKey: header.runKey, runId: header.runId },
  }));
  const steps = new Map([...latestAttempts(done), ...latestAttempts(attempts)]);
  return { plan, header, params: allWorkflowParams(plan, header), steps };
}
