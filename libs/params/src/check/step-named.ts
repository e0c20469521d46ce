import type { StepFacts } from './place.js';

/**
 * stepNamed finds a step of a list by its name. `load.fetch` may be a step that comes with the job template of the template step `load`:
 * that one answers for it, as nobody knows its steps here.
 */
export function stepNamed(steps: ReadonlyMap<string, StepFacts>, name: string): StepFacts | undefined {
  const step = steps.get(name);
  if (step !== undefined) return step;
  for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
    const around = steps.get(name.slice(0, end));
    if (around?.kind === 'template') return around;
  }
  return undefined;
}
