import { HostError } from '@maestro/sel';

/** SEPARATOR stands between a step id and the name of one of its params. */
export const SEPARATOR = '__';

/** StepReference is a name such as `step1__foo` taken apart. */
export interface StepReference {
  readonly stepId: string;
  readonly param: string;
}

/**
 * splitReference takes `step__param` apart. Neither part can contain the separator, but a step id may end, and a param may
 * start, with one underscore: with three or four in a row the known steps decide (spec 2.5). Returns undefined when no part
 * before the separator is a step and the name may be a signal's; throws HostError when it is ambiguous.
 */
export function splitReference(name: string, isStep: (id: string) => boolean): StepReference | undefined {
  const candidates = splits(name);
  const known = candidates.filter(({ stepId }) => isStep(stepId));
  if (known.length > 1) {
    const ids = known.map(({ stepId }) => stepId).join(' and ');
    throw new HostError(`cannot resolve ${name} due to ambiguity: ${ids} are both steps`);
  }
  if (known.length === 0 && name.includes(`${SEPARATOR}_`)) throw new HostError(unknownSteps(name, candidates));
  return known[0];
}

/** splitSignal takes `signal__param` apart at its first separator. */
export function splitSignal(name: string): readonly [signal: string, param: string] {
  const at = name.indexOf(SEPARATOR);
  return [name.slice(0, at), name.slice(at + SEPARATOR.length)];
}

function unknownSteps(name: string, candidates: readonly StepReference[]): string {
  const ids = candidates.map(({ stepId }) => `[${stepId}]`).join(' or ');
  return `cannot resolve ${name}: cannot find ${ids === '' ? 'a step and a param in it' : `either step id ${ids}`}`;
}

function splits(name: string): StepReference[] {
  const start = name.indexOf(SEPARATOR);
  const found: StepReference[] = [];
  for (let at = start; name.startsWith(SEPARATOR, at); at += 1) {
    const [stepId, param] = [name.slice(0, at), name.slice(at + SEPARATOR.length)];
    if (stepId !== '' && param !== '' && !stepId.includes(SEPARATOR) && !param.includes(SEPARATOR)) {
      found.push({ stepId, param });
    }
  }
  return found;
}
