import type { LeafStep, Step } from '@maestro/domain';
import type { TemplateReads } from '../ports/template-store.js';

/**
 * withoutMissingTypes: a type that repeats as sub-type is the name of a job template; where there is no such template, it is nothing but the
 * name of a type, of workers perhaps. Definitions without such steps cost no look-up.
 */
export async function withoutMissingTypes(
  templates: Pick<TemplateReads, 'ofTypes'>,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const named = [...new Set(typesThatRepeat(steps))];
  if (named.length === 0) return steps;
  const known = new Set((await templates.ofTypes(named)).map(({ template }) => template.definition.jobType));
  return dropped(steps, known);
}

const repeats = ({ type, subType }: LeafStep): boolean => type === subType;

function typesThatRepeat(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => {
    if ('steps' in step) return typesThatRepeat(step.steps);
    return step.kind === 'step' && repeats(step) ? [step.type] : [];
  });
}

function dropped(steps: readonly Step[], known: ReadonlySet<string>): readonly Step[] {
  return steps.map((step): Step => {
    if ('steps' in step) return { ...step, steps: dropped(step.steps, known) };
    if (step.kind !== 'step' || !repeats(step) || known.has(step.type)) return step;
    const { subType: _, ...plain } = step;
    return plain;
  });
}
