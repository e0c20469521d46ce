import type { ParamDefinition, ParamDefinitions } from '@maestro/domain';
import { SelError, type Compiler } from '@maestro/sel';
import { selFailure, type ParamViolation } from '../failure.js';
import { positionIn } from '../position.js';
import { notFor, validatorViolation } from './check-value.js';
import { parseValidator } from './parse-validator.js';
import { RuleProblem } from './rule.js';

/**
 * checkValidators says what is wrong with the validators of definitions before any value is known: rules that do not exist or
 * are not for the type, and expressions that cannot be parsed. Insides of MAPs count too.
 */
export function checkValidators(definitions: ParamDefinitions, compiler: Compiler, path = 'params'): ParamViolation[] {
  return Object.entries(definitions).flatMap(([name, definition]) => {
    const at = `${path}.${name}`;
    const inner = definition.type === 'MAP' ? (definition.value ?? {}) : {};
    return [...checkOne(definition, compiler, at), ...checkValidators(inner, compiler, at)];
  });
}

function checkOne({ validator: text, type }: ParamDefinition, compiler: Compiler, path: string): ParamViolation[] {
  if (text === undefined) return [];
  try {
    const { rules, conditions } = parseValidator(text);
    for (const condition of conditions) compiler.compile(condition.text);
    return rules
      .filter((rule) => !rule.accepts(type))
      .map((rule) => ({ path, message: notFor(rule, type), ...positionIn(text, rule.offset) }));
  } catch (error) {
    if (error instanceof RuleProblem) return [validatorViolation(path, text, error)];
    if (error instanceof SelError) return [selFailure(path, error).violation];
    throw error;
  }
}
