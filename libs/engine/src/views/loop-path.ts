import type { Plan, PlanStep } from '../plan.js';

/** LoopPath is where a step is: the loops that it lies in, outermost first, and the plan that it is a step of. */
export interface LoopPath {
  readonly loops: readonly PlanStep[];
  readonly plan: Plan;
  readonly step: PlanStep;
}

/** loopPath finds a step of a plan or of the loops in it; undefined when there is none with this id. The outermost is found first. */
export function loopPath(plan: Plan, stepId: string): LoopPath | undefined {
  const own = plan.steps[plan.ordinals.get(stepId) ?? -1];
  if (own) return { loops: [], plan, step: own };
  for (const loop of plan.nested) {
    const found = loop.body && loopPath(loop.body, stepId);
    if (found) return { ...found, loops: [loop, ...found.loops] };
  }
  return undefined;
}

/** stepIdsOf are the ids of all steps of a plan, those in its loops included. */
export function stepIdsOf(plan: Plan): readonly string[] {
  return plan.steps.flatMap(({ id, body }) => [id, ...(body === undefined ? [] : stepIdsOf(body))]);
}
