import { STEP_TYPES, stepType } from '@maestro/steps';
import type { Runtime } from './runtime.js';

/** missingRuntime stands for every step type that has no runtime here: it says what is missing. */
export const missingRuntime: Runtime = {
  type: 'missing',
  takesSlot: false,
  start: ({ stepType: name }) => Promise.resolve({ outcome: 'FATAL_ERROR', message: explain(name) }),
};

function explain(name: string): string {
  const known = stepType(name);
  if (known === undefined) {
    const types = STEP_TYPES.map((type) => type.name).join(', ');
    return `There is no step type "${name}". Known types: ${types}.`;
  }
  if (known.runs === 'engine') return `${known.name} steps run in the scheduler and must not be dispatched.`;
  if (known.runs === 'later') return known.doc;
  return `This executor has no runtime for ${known.name} steps; a newer executor has.`;
}
