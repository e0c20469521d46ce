import { leavesOf, restoreState, runsUnderWay, runtimeOverview, type LeafCounts } from '@maestro/engine';
import type { RunReader } from '../ports/run-reader.js';
import { inheritedSteps } from '../queries/inherited-steps.js';
import type { RunWithPlan } from './read-run.js';

/** readRollup counts the leaf steps of a run and of all below it (specification §3.6); of runs that go on, their own steps. */
export async function readRollup(
  reader: Pick<RunReader, 'countsBelow'>,
  { run, plan }: RunWithPlan,
): Promise<LeafCounts> {
  const state = restoreState(plan, run.header, [...run.attempts, ...inheritedSteps(run)]);
  const { statuses } = runtimeOverview(plan, state);
  const own = Object.fromEntries(Object.entries(statuses).map(([status, { count }]) => [status, count]));
  const below = await reader.countsBelow(run.header.runKey, runsUnderWay(plan, state));
  return leavesOf(own, plan, (ordinal) => state.steps.get(ordinal), below);
}
