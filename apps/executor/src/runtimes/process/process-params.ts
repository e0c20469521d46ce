import type { JsonObject } from '@maestro/domain';
import { StepFailure } from './step-failure.js';

/** textParam is a STRING param that is not empty; undefined otherwise. */
export function textParam(params: JsonObject, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** textsParam is a STRING_ARRAY param; nothing when it is not given. Throws a StepFailure when it is something else. */
export function textsParam(params: JsonObject, name: string): readonly string[] {
  const value = params[name];
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw new StepFailure('FATAL_ERROR', `The param "${name}" must be a STRING_ARRAY.`);
}

/** integerParam is a LONG param within its bounds; undefined when it is not given. Throws a StepFailure otherwise. */
export function integerParam(
  params: JsonObject,
  name: string,
  { min, max }: { readonly min: bigint; readonly max: bigint },
): bigint | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'bigint' && value >= min && value <= max) return value;
  throw new StepFailure('FATAL_ERROR', `The param "${name}" must be a LONG from ${min} to ${max}.`);
}
