import type { Step } from '@maestro/domain';
import type { TemplateSteps } from './expanded-workflow.js';

/** endsOf are the steps of a list without predecessors, and those without successors. */
export function endsOf(steps: readonly Step[]): Pick<TemplateSteps, 'entries' | 'exits'> {
  const followed = new Set(steps.flatMap(({ transition }) => Object.keys(transition?.successors ?? {})));
  const ids = (chosen: readonly Step[]): readonly string[] => chosen.map(({ id }) => id);
  return {
    entries: ids(steps.filter(({ id }) => !followed.has(id))),
    exits: ids(steps.filter(({ transition }) => Object.keys(transition?.successors ?? {}).length === 0)),
  };
}

/**
 * wireSteps puts steps into the places of the template steps of a list: what led to a template step leads to all steps that begin it, and
 * what it led to follows on all steps that end it.
 */
export function wireSteps(steps: readonly Step[], replaced: ReadonlyMap<string, TemplateSteps>): readonly Step[] {
  if (replaced.size === 0) return steps;
  return steps.flatMap((step) => {
    const inside = replaced.get(step.id);
    const own = entered(step.transition?.successors ?? {}, replaced);
    if (inside === undefined) return [withSuccessors(step, own)];
    const exits = new Set(inside.exits);
    return inside.steps.map((each) => (exits.has(each.id) ? withSuccessors(each, own) : each));
  });
}

function entered(
  successors: Readonly<Record<string, string>>,
  replaced: ReadonlyMap<string, TemplateSteps>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(successors).flatMap(([id, condition]) =>
    (replaced.get(id)?.entries ?? [id]).map((entry) => [entry, condition] as const),
  );
  return Object.fromEntries(entries);
}

/** The predecessors that were written are those of before. */
function withSuccessors(step: Step, successors: Readonly<Record<string, string>>): Step {
  return { ...step, transition: { successors } };
}
