import { constrainedNameProblem } from '@maestro/dsl';

/** checkName says what is wrong with the name of a signal that somebody waits for; undefined when nothing is. */
export function checkName(name: string): string | undefined {
  const problem = constrainedNameProblem(name);
  return problem === undefined ? undefined : `The signal name "${name.slice(0, 100)}" ${problem}.`;
}
