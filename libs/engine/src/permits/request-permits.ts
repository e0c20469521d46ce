import type { Draft } from '../draft.js';
import type { WorkingStep } from '../working-step.js';
import { permitPriority, permitTags } from './permit-tags.js';

/** requestPermits asks for the permits that an attempt needs; false = it needs none, and may start. */
export function requestPermits(draft: Draft, step: WorkingStep): boolean {
  const planStep = draft.planStep(step.ordinal);
  const tags = permitTags(draft.plan, draft.header, planStep, draft.isLimited);
  if (tags.length === 0) return false;
  const { ordinal, attempt } = step;
  step.permits = tags.map(({ name }) => name);
  draft.commands.push({
    type: 'request-permits',
    ordinal,
    attempt,
    stepId: planStep.id,
    tags,
    priority: permitPriority(draft.plan),
  });
  return true;
}
