import type { Plan } from '../plan.js';
import type { RunHeader } from '../state.js';

/** bodyOf is the plan that a run goes by: that of its version, or of the loop in it whose iteration the run is. */
export function bodyOf(version: Plan, { body = [] }: Pick<RunHeader, 'body'>): Plan {
  return body.reduce((plan, stepId) => {
    const inner = plan.steps[plan.ordinals.get(stepId) ?? -1]?.body;
    if (!inner) throw new Error(`version ${plan.version} of ${plan.workflowId} has no loop ${body.join('/')}`);
    return inner;
  }, version);
}
