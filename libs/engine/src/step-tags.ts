import { MaestroError, type Tag } from '@maestro/domain';
import { interpolateTags, mergedTags } from '@maestro/params';
import type { Plan, PlanStep } from './plan.js';
import { templatesOf } from './step-templates.js';
import { workflowParamsScope, type Evaluated } from './workflow-defaults.js';

/**
 * stepTags are the tags of a step in a run: references in their names are filled in from the params of the workflow. Tags of which one cannot
 * be are shown as they are written. Tags of its job templates come first.
 */
export function stepTags(plan: Plan, run: Evaluated, step: PlanStep): readonly Tag[] {
  const tags = step.templates === undefined ? step.tags : withTemplates(step, run);
  if (!tags.some(({ name }) => name.includes('$'))) return tags;
  const outcome = interpolateTags(tags, workflowParamsScope(plan, run));
  return outcome.kind === 'value' ? outcome.value : tags;
}

/** Without a template that fits the step does not start: its tags do not matter then. */
function withTemplates(step: PlanStep, { params }: Evaluated): readonly Tag[] {
  try {
    const ofTemplates = templatesOf(step, params).flatMap(({ tags }) => tags);
    return mergedTags(ofTemplates, step.tags);
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    return step.tags;
  }
}
