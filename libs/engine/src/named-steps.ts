import type { Plan } from './plan.js';

/**
 * namedSteps are the ordinals of the steps that a name stands for where it is written: beside the step itself first, when that comes from a
 * template, then further out. A template step stands for the steps that end last in its place.
 */
export function namedSteps(plan: Plan, asking: number, id: string): readonly number[] {
  const around = plan.steps[asking]?.templateStep;
  for (const name of around === undefined ? [id] : namesFrom(around, id)) {
    const ordinal = plan.ordinals.get(name);
    if (ordinal !== undefined) return [ordinal];
    const exits = plan.exits.get(name);
    if (exits !== undefined) return exits;
  }
  return NONE;
}

const NONE: readonly number[] = [];

/** For `load.fetch`, written in `a.b`: `a.b.load.fetch`, `a.load.fetch`, `load.fetch`. */
function* namesFrom(around: string, id: string): Iterable<string> {
  for (let at = around; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) yield `${at}.${id}`;
  yield id;
}
