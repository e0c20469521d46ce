import type { PausedAttempt } from '../ports/breakpoint-store.js';
import type { ListBreakpointsDeps } from './list-breakpoints.js';
import { planOfRun } from '../ports/plan-of-run.js';

/** NamedAttempt is a paused attempt and the id of its step. */
export interface NamedAttempt extends PausedAttempt {
  readonly stepId: string;
}

/** listPausedSteps reads the attempts of a workflow that wait at breakpoints, of all its steps or one of them. Throws WORKFLOW_NOT_FOUND. */
export async function listPausedSteps(
  { breakpoints, definitions }: ListBreakpointsDeps,
  workflowId: string,
  stepId: string,
): Promise<readonly NamedAttempt[]> {
  const { seed } = await definitions.resolve(workflowId, 'latest');
  const paused = await breakpoints.paused(seed.workflowKey);
  const named = await Promise.all(
    paused.map(async (each): Promise<NamedAttempt> => {
      const plan = await planOfRun(definitions, each.header);
      return { ...each, stepId: plan.steps[each.ordinal]?.id ?? '' };
    }),
  );
  const last = stepId.split('/').at(-1) ?? '';
  return named.filter((each) => last === '' || each.stepId === last);
}
