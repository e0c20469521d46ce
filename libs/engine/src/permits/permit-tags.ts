import type { Criticality } from '@maestro/domain';
import type { Plan, PlanStep } from '../plan.js';
import type { RunHeader } from '../state.js';
import { stepTags } from '../step-tags.js';

/** PermitTag is one permit that an attempt needs. */
export interface PermitTag {
  readonly name: string;
  /** The limit that comes with the run, and holds unless somebody has set one for the name; absent: only what was set holds. */
  readonly limit?: number;
}

/** IsLimited says whether a limit has been set for a tag, as far as this replica has heard; the tag's row decides. */
export type IsLimited = (tag: string) => boolean;

/** NO_LIMITS: nothing is limited; a shell without limits gives this very function, so that steps are not looked at. */
export const NO_LIMITS: IsLimited = () => false;

/** workflowTag is the permit that each leaf step of a workflow with `step_concurrency` needs (specification §6.7). */
export function workflowTag(workflowId: string): string {
  return `maestro_${workflowId}`;
}

/**
 * permitTags are the permits that a step needs to start. Only what works itself is counted by the limits of workflows and instances, and a
 * loop hands its tags on to its iterations: a step never holds what the steps below it wait for.
 */
export function permitTags(plan: Plan, header: RunHeader, step: PlanStep, isLimited: IsLimited): readonly PermitTag[] {
  const limit = header.instanceStepConcurrency;
  if (step.body || (isLimited === NO_LIMITS && limit === undefined)) return [];
  const names = new Set([...stepTags(plan, header, step), ...header.runtimeTags].map(({ name }) => name));
  const isLeaf = step.runs !== 'subworkflow';
  if (isLeaf) names.add(workflowTag(plan.workflowId));
  const tags: PermitTag[] = [...names].filter(isLimited).map((name) => ({ name }));
  return isLeaf && limit !== undefined ? [...tags, { name: `maestro_${header.correlationId}`, limit }] : tags;
}

const PRIORITIES: Readonly<Record<Criticality, number>> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 };

/** permitPriority orders those who wait, smallest first: the criticality of the workflow. */
export function permitPriority({ workflow }: Plan): number {
  return PRIORITIES[workflow.criticality ?? 'MEDIUM'];
}
