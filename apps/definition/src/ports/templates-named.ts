import type { Step } from '@maestro/domain';

/** templatesNamed are the job types that steps name as their sub-types, those in loops included. */
export function templatesNamed(steps: readonly Step[]): readonly string[] {
  return [...new Set(steps.flatMap(namedBy))];
}

function namedBy(step: Step): readonly string[] {
  if ('steps' in step) return templatesNamed(step.steps);
  const isUser = step.kind === 'step' || step.kind === 'template';
  return isUser && step.subType !== undefined ? [step.subType] : [];
}
