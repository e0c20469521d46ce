import type { ParamViolation } from '../failure.js';

/** DefinitionProblem is one mistake in a definition, found without a run. */
export interface DefinitionProblem extends ParamViolation {
  /**
   * No run can get by: a push is refused. Otherwise what a start brings, or the way that an evaluation takes, may still make it
   * right.
   */
  readonly certain: boolean;
}

/** below is the path of a member or item, written as in the paths of the reader of definitions. */
export function below(path: string, ...keys: readonly (string | number)[]): string {
  return keys.reduce<string>((text, key) => text + segment(key), path);
}

function segment(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_$][-\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
