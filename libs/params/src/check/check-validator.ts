import type { ParamType } from '@maestro/domain';
import { compile } from '@maestro/sel';
import { checkValidators } from '../validators/check-validators.js';
import type { DefinitionProblem } from './problem.js';

/** checkValidator says what is wrong with the text of a validator, whatever the value of its param may be. */
export function checkValidator(
  validator: string | undefined,
  type: ParamType,
  path: string,
): readonly DefinitionProblem[] {
  if (validator === undefined) return [];
  const definition = { type, validator };
  return checkValidators({ param: definition }, { compile }).map((violation) => ({
    ...violation,
    path,
    certain: true,
  }));
}
