import type { FieldViolation, ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { canBecome } from './can-become.js';

/** CheckOptions say what else may give values. */
export interface CheckOptions {
  /** The step names a job template, which may still bring what is required. */
  readonly templated: boolean;
}

/**
 * checkParams compares the params of a step with those that its type declares: what is required must have a value, and
 * what is given must have a type that can become the declared one. Literal maps are checked to their leaves; params
 * that the type does not declare are the user's own. Paths are relative to the step.
 */
export function checkParams(
  declared: ParamDefinitions,
  given: ParamDefinitions,
  options: CheckOptions,
  path = 'params',
): readonly FieldViolation[] {
  return Object.entries(declared).flatMap(([name, definition]) => {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    return checkParam(definition, own, options, `${path}.${name}`);
  });
}

function checkParam(
  declared: ParamDefinition,
  given: ParamDefinition | undefined,
  options: CheckOptions,
  path: string,
): readonly FieldViolation[] {
  if (!isGiven(given)) return checkMissing(declared, options, path);
  if (given.expression === undefined && !canBecome(given.type, declared.type)) {
    return [{ path, message: `is a ${given.type}, but this step type takes a ${declared.type}` }];
  }
  const nested = literalMap(declared);
  const own = literalMap(given);
  if (nested === undefined || own === undefined) return [];
  return checkParams(nested, own, options, `${path}.value`);
}

function checkMissing(declared: ParamDefinition, { templated }: CheckOptions, path: string): readonly FieldViolation[] {
  if (templated || declared.internalMode !== 'REQUIRED') return [];
  return [{ path, message: `is required: give a ${declared.type} as value or expression` }];
}

/** isGiven says that a param has a value or an expression. Definitions may come unchecked from a user: null is not given. */
export function isGiven(definition: ParamDefinition | null | undefined): definition is ParamDefinition {
  return definition != null && (definition.value !== undefined || definition.expression !== undefined);
}

function literalMap(definition: ParamDefinition): ParamDefinitions | undefined {
  const literal: unknown = definition.value;
  const isMap = definition.type === 'MAP' && typeof literal === 'object' && literal !== null;
  return isMap ? (literal as ParamDefinitions) : undefined;
}
