import type { Tag } from '@maestro/domain';
import { interpolateTags } from '@maestro/params';
import type { Plan, PlanStep } from './plan.js';
import { workflowParamsScope, type Evaluated } from './workflow-defaults.js';

/**
 * stepTags are the tags of a step in a run: references in their names are filled in from the params of the workflow. Tags of which one cannot
 * be are shown as they are written.
 */
export function stepTags(plan: Plan, run: Evaluated, { tags }: PlanStep): readonly Tag[] {
  if (!tags.some(({ name }) => name.includes('$'))) return tags;
  const outcome = interpolateTags(tags, workflowParamsScope(plan, run));
  return outcome.kind === 'value' ? outcome.value : tags;
}
