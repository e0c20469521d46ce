import type { Expression } from '../language/ast.js';
import { isParams } from '../language/params-object.js';
import { classNamed } from '../library/registry.js';
import { typeOf } from '../runtime/value.js';
import { allocationType } from './allocation-type.js';
import { assignmentType } from './assignment-type.js';
import { literalBoolean, literalText, noteRead, type Check } from './check.js';
import { elementTypeOf, isIndexable } from './elements.js';
import { methodType, staticFieldType, staticType, type CallFacts } from './member-types.js';
import { nameType, typeOrFinding } from './name-type.js';
import { binaryType } from './operators.js';
import { isArray, isNumber, join, type StaticType } from './static-type.js';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** expressionType checks an expression and gives what is known of its value. */
export function expressionType(check: Check, node: Expression): StaticType {
  switch (node.kind) {
    case 'literal':
      return typeOf(node.value) as StaticType;
    case 'name':
      return nameType(check, node.name, node.at);
    case 'unary':
      return unaryType(check, node);
    case 'binary':
      return operationType(check, node);
    case 'logic':
      return logicType(check, node);
    case 'ternary':
      return ternaryType(check, node);
    case 'index':
      return indexType(check, node);
    case 'field':
      return fieldType(check, node);
    case 'call':
      return callType(check, node);
    case 'assign':
      return assignmentType(check, node, expressionType);
    default:
      return allocationType(check, node, expressionType);
  }
}

function unaryType(check: Check, { operator, operand, at }: Of<'unary'>): StaticType {
  const type = expressionType(check, operand);
  if (operator === '!') {
    requireBoolean(check, type, '!', at);
    return 'BOOLEAN';
  }
  if (isNumber(type) || type === 'UNKNOWN') return type;
  check.findings.add(at, { kind: 'type', message: `cannot apply \`${operator}\` to ${type}` });
  return 'UNKNOWN';
}

function operationType(check: Check, { operator, left, right, at }: Of<'binary'>): StaticType {
  const [leftType, rightType] = [expressionType(check, left), expressionType(check, right)];
  const type = binaryType(operator, leftType, rightType);
  if (type === undefined) {
    const message = `cannot apply \`${operator}\` to ${leftType} and ${rightType}`;
    check.findings.add(at, { kind: 'type', message });
    return 'UNKNOWN';
  }
  const divides = operator === '/' || operator === '%';
  if (divides && leftType === 'LONG' && right.kind === 'literal' && right.value === 0n) {
    check.findings.add(at, { kind: 'arithmetic', message: `division by zero: ${operator} 0` });
  }
  return type;
}

/** What is on the right is evaluated only when the left side does not decide. */
function logicType(check: Check, { operator, left, right, at }: Of<'logic'>): StaticType {
  requireBoolean(check, expressionType(check, left), operator, at);
  const known = literalBoolean(left);
  if (known === (operator === '||')) return 'BOOLEAN';
  const checkRight = (): void => {
    requireBoolean(check, expressionType(check, right), operator, at);
  };
  if (known === undefined) onEitherSide(check, checkRight, () => undefined);
  else checkRight();
  return 'BOOLEAN';
}

function ternaryType(check: Check, { test, then, otherwise, at }: Of<'ternary'>): StaticType {
  requireBoolean(check, expressionType(check, test), '?', at);
  const known = literalBoolean(test);
  if (known !== undefined) return expressionType(check, known ? then : otherwise);
  const [left, right] = onEitherSide(
    check,
    () => expressionType(check, then),
    () => expressionType(check, otherwise),
  );
  return join(left, right);
}

/** Only one side is evaluated; each may assign variables. */
function onEitherSide<L, R>(check: Check, left: () => L, right: () => R): readonly [L, R] {
  const before = check.variables;
  const [leftSide, rightSide] = [before.branch(), before.branch()];
  check.variables = leftSide;
  const first = check.findings.perhaps(left);
  check.variables = rightSide;
  const second = check.findings.perhaps(right);
  check.variables = before;
  before.takeEither(leftSide, rightSide);
  return [first, second];
}

/** requireBoolean notes a condition that is certainly none. */
export function requireBoolean(check: Check, type: StaticType, operator: string, at: number): void {
  if (type === 'BOOLEAN' || type === 'UNKNOWN') return;
  check.findings.add(at, { kind: 'type', message: `\`${operator}\` needs a BOOLEAN, not ${type}` });
}

function indexType(check: Check, { object, index, at }: Of<'index'>): StaticType {
  if (isParams(object)) return paramsType(check, 'get', [index], at);
  const [type, by] = [expressionType(check, object), expressionType(check, index)];
  if (isIndexable(type, by)) return elementTypeOf(type);
  check.findings.add(at, { kind: 'type', message: `cannot index ${type} with ${by}` });
  return 'UNKNOWN';
}

function fieldType(check: Check, { object, name, at }: Of<'field'>): StaticType {
  if (isParams(object)) return foundType(check, 'get', [name], at);
  const found = object.kind === 'name' ? classNamed(object.name) : undefined;
  if (found !== undefined) return staticFieldType(check.findings, found, name, at);
  const type = expressionType(check, object);
  if (isArray(type) && name === 'length') return 'LONG';
  if (type === 'UNKNOWN') return 'UNKNOWN';
  const hint = type === 'STRING' && name === 'length' ? '; use length()' : '';
  check.findings.add(at, { kind: 'method', message: `${type} has no field ${name}${hint}` });
  return 'UNKNOWN';
}

function callType(check: Check, { object, name, args, at }: Of<'call'>): StaticType {
  if (isParams(object)) return paramsType(check, name, args, at);
  const found = object.kind === 'name' ? classNamed(object.name) : undefined;
  const receiver = found === undefined ? expressionType(check, object) : undefined;
  const call: CallFacts = { name, at, args: args.map((arg) => expressionType(check, arg)) };
  if (found !== undefined) return staticType(check.findings, found, call);
  return methodType(check.findings, receiver ?? 'UNKNOWN', call);
}

function paramsType(check: Check, fn: string, args: readonly Expression[], at: number): StaticType {
  const types = args.map((arg) => expressionType(check, arg));
  const wrong = types.find((type) => type !== 'STRING' && type !== 'UNKNOWN');
  if (wrong !== undefined) {
    check.findings.add(at, { kind: 'type', message: `params.${fn} takes STRING arguments, not ${wrong}` });
    return 'UNKNOWN';
  }
  return foundType(check, fn, args.map(literalText), at);
}

function foundType(check: Check, fn: string, args: readonly (string | undefined)[], at: number): StaticType {
  const [name] = args;
  if (fn === 'get' && name !== undefined) noteRead(check, name);
  return typeOrFinding(check, check.environment.call(fn, args), at);
}
