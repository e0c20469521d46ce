import type { ParamType } from '@maestro/domain';
import { compile } from '@maestro/sel';
import { checkValidators } from '../validators/check-validators.js';
import { parseValidator } from '../validators/parse-validator.js';
import { checkCondition } from './check-text.js';
import type { Place } from './place.js';
import { below, type DefinitionProblem } from './problem.js';
import { staticType } from './static-types.js';

/** Validated is a param with a validator. */
export interface Validated {
  readonly name: string;
  readonly type: ParamType;
  /** Of the param. */
  readonly path: string;
  readonly place: Place;
}

/** checkValidator says what is wrong with the text of a validator, whatever the value of its param may be. */
export function checkValidator(validator: string | undefined, param: Validated): readonly DefinitionProblem[] {
  if (validator === undefined) return [];
  const { name, type, place } = param;
  const path = below(param.path, 'validator');
  const unreadable = checkValidators({ [name]: { type, validator } }, { compile });
  if (unreadable.length > 0) return unreadable.map((violation) => ({ ...violation, path, certain: true }));
  // The names by which a condition sees the value.
  const own = new Map(place.own);
  for (const each of ['value', 'param', name]) own.set(each, staticType(type));
  return parseValidator(validator).conditions.flatMap(({ text }) =>
    checkCondition({ text, path, place: { ...place, own } }),
  );
}
