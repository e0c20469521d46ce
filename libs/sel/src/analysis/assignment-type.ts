import type { BinaryOperator, Expression } from '../language/ast.js';
import type { Check } from './check.js';
import type { Findings } from './finding.js';
import { elementTypeOf, isIndexable } from './elements.js';
import { nameType } from './name-type.js';
import { binaryType } from './operators.js';
import { isArray, type StaticType } from './static-type.js';

type Assignment = Extract<Expression, { kind: 'assign' }>;

/** Infer gives the type of an expression inside of another one. */
export type Infer = (check: Check, node: Expression) => StaticType;

/** assignmentType checks `name = value` and `name[index] = value` and gives the type of the value. */
export function assignmentType(check: Check, node: Assignment, infer: Infer): StaticType {
  return node.index === undefined ? toVariable(check, node, infer) : toElement(check, node, node.index, infer);
}

function toVariable(check: Check, { name, operator, value, at }: Assignment, infer: Infer): StaticType {
  const type = infer(check, value);
  const before = operator === '=' ? knownType(check, name) : nameType(check, name, at);
  const result = operated(check.findings, { operator, before, type, at });
  checkAssigned(check.findings, { name, required: before, type: result, at });
  check.variables.assign(name, before === 'UNKNOWN' ? result : before);
  return result;
}

/** What a name stands for without reading it: an assignment makes it a variable of that type. */
function knownType(check: Check, name: string): StaticType {
  const variable = check.variables.get(name);
  if (variable !== undefined) return variable.assigned ? variable.type : 'UNKNOWN';
  return check.environment.typeOf(name) ?? 'UNKNOWN';
}

interface Operated {
  readonly operator: Assignment['operator'];
  readonly before: StaticType;
  readonly type: StaticType;
  readonly at: number;
}

function operated(findings: Findings, { operator, before, type, at }: Operated): StaticType {
  if (operator === '=') return type;
  const result = binaryType(operator.slice(0, -1) as BinaryOperator, before, type);
  if (result !== undefined) return result;
  findings.add(at, { kind: 'type', message: `cannot apply \`${operator}\` to ${before} and ${type}` });
  return 'UNKNOWN';
}

/** Assigned is a value on its way into a variable. */
export interface Assigned {
  readonly name: string;
  readonly required: StaticType;
  readonly type: StaticType;
  readonly at: number;
}

/** checkAssigned notes a value that a variable of a type cannot have: nothing is converted (spec 7.5). */
export function checkAssigned(findings: Findings, { name, required, type, at }: Assigned): void {
  const isNull = type === 'NULL';
  // An empty array of the host fits every type of array.
  const fits = required === 'UNKNOWN' || type === required || (isArray(type) && isArray(required));
  if (type === 'UNKNOWN' || (fits && !isNull)) return;
  const why = required === 'UNKNOWN' ? 'NULL cannot be assigned' : `it is a ${required}, not a ${type}`;
  findings.add(at, { kind: 'type', message: `cannot assign to ${name}: ${why}` });
}

function toElement(
  check: Check,
  { name, operator, value, at }: Assignment,
  index: Expression,
  infer: Infer,
): StaticType {
  const [by, type, object] = [infer(check, index), infer(check, value), nameType(check, name, at)];
  if (!isIndexable(object, by) || object === 'STRING') {
    check.findings.add(at, { kind: 'type', message: `cannot index ${object} with ${by}` });
    return 'UNKNOWN';
  }
  return operated(check.findings, { operator, before: elementTypeOf(object), type, at });
}
