import type { ParamDefinition, ParamValue } from '@maestro/domain';
import { typeOf, type Scope } from '@maestro/sel';
import { evaluateExpression, type EvaluationTools } from '../evaluate-expression.js';
import { LimitReached, ParamFailure, type ParamViolation } from '../failure.js';
import { positionIn } from '../position.js';
import { toSelData } from '../sel-conversion.js';
import { parseValidator } from './parse-validator.js';
import { RuleProblem, type Condition, type Rule, type Validator } from './rule.js';

/** checkValue holds a value against the validator of its param; throws ParamFailure when it does not pass, and LimitReached. */
export function checkValue(tools: EvaluationTools, path: string, definition: ParamDefinition, value: ParamValue): void {
  const { validator: text, type } = definition;
  if (text === undefined) return;
  const validator = parsed(text, path);
  for (const rule of validator.rules) {
    charge(tools, rule.cost(value));
    const problem = rule.accepts(type) ? rule.problem(value) : notFor(rule, type);
    if (problem !== undefined) throw refused(path, text, rule, problem);
  }
  if (validator.conditions.length === 0) return;
  const scope = scopeOf(tools.scope, path, value);
  for (const condition of validator.conditions) checkCondition({ ...tools, scope }, path, condition);
}

function charge({ setting: { tank } }: EvaluationTools, units: number): void {
  tank.fuel -= units;
  if (tank.fuel < 0) throw new LimitReached('fuel');
}

/** notFor words that a rule says nothing about values of a type. */
export function notFor(rule: Rule, type: string): string {
  return `has a rule that is not for params of type ${type}: ${rule.text}`;
}

function parsed(text: string, path: string): Validator {
  try {
    return parseValidator(text);
  } catch (error) {
    if (error instanceof RuleProblem) throw new ParamFailure(validatorViolation(path, text, error));
    throw error;
  }
}

/** validatorViolation words a validator that cannot be understood. */
export function validatorViolation(path: string, text: string, { message, offset }: RuleProblem): ParamViolation {
  return { path, message: `has a validator that cannot be read: ${message}`, ...positionIn(text, offset) };
}

function refused(path: string, text: string, { text: rule, offset }: Rule, problem: string): ParamFailure {
  return new ParamFailure({ path, message: `${problem} (validator ${rule})`, ...positionIn(text, offset) });
}

/** The value goes by `value`, by `param` as in the original's definitions, and by its own name. */
function scopeOf(outer: Scope, path: string, value: ParamValue): Scope {
  const names = new Set(['value', 'param', path.slice(path.lastIndexOf('.') + 1)]);
  const data = toSelData(value);
  return {
    lookup: (name, use) => (names.has(name) ? data : outer.lookup(name, use)),
    call: (fn, args) => outer.call(fn, args),
  };
}

function checkCondition(tools: EvaluationTools, path: string, { text }: Condition): void {
  const result = evaluateExpression(tools, path, text);
  if (result === true) return;
  const message =
    result === false
      ? `is refused by its validator ${text}`
      : `has a validator that gave a ${typeOf(result)} instead of a BOOLEAN: ${text}`;
  throw new ParamFailure({ path, message, ...positionIn(text, 0) });
}
