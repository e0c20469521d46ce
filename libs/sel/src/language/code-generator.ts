import { add, arithmeticOf, type Operation } from '../runtime/arithmetic.js';
import type { BinaryOperator, Expression } from './ast.js';
import { atLeast, atMost, equal, greaterThan, lessThan, notEqual } from '../runtime/comparison.js';
import { importData } from '../runtime/data.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code } from '../runtime/machine.js';
import { callMethod, readField, readIndex } from '../library/members.js';
import { callParams, isParams } from './params-object.js';
import { typeOf, type SelValue } from '../runtime/value.js';

const OPERATIONS: Readonly<Record<BinaryOperator, Operation>> = {
  '+': add,
  '-': arithmeticOf('-'),
  '*': arithmeticOf('*'),
  '/': arithmeticOf('/'),
  '%': arithmeticOf('%'),
  '<': lessThan,
  '<=': atMost,
  '>': greaterThan,
  '>=': atLeast,
  '==': equal,
  '!=': notEqual,
};

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** generate turns an expression into closures; nothing of it is looked up again at run time. Throws Fault. */
export function generate(node: Expression): Code {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'name':
      return generateName(node);
    case 'unary':
      return generateUnary(node);
    case 'binary':
      return generateBinary(node);
    case 'logic':
      return generateLogic(node);
    case 'ternary':
      return generateTernary(node);
    default:
      return generateAccess(node);
  }
}

function generateName({ name, at }: Of<'name'>): Code {
  if (name === 'params') {
    throw new Fault('type', "`params` is no value of its own: use params['x'], params.x or one of its functions", at);
  }
  return (machine) => {
    burn(machine, 1);
    machine.at = at;
    return importData(machine, machine.scope.lookup(name) ?? null);
  };
}

function generateUnary({ operator, operand, at }: Of<'unary'>): Code {
  const code = generate(operand);
  if (operator === '!') return (machine) => !condition(code(machine), '!', at);
  return (machine) => {
    burn(machine, 1);
    const value = code(machine);
    if (typeof value === 'bigint') return operator === '-' ? BigInt.asIntN(64, -value) : value;
    if (typeof value === 'number') return operator === '-' ? -value : value;
    throw new Fault('type', `cannot apply \`${operator}\` to ${typeOf(value)}`, at);
  };
}

function generateBinary({ operator, left, right, at }: Of<'binary'>): Code {
  const [leftCode, rightCode, operation] = [generate(left), generate(right), OPERATIONS[operator]];
  return (machine) => {
    burn(machine, 1);
    return operation(leftCode(machine), rightCode(machine), at, machine);
  };
}

/** The original evaluates both sides; lazy evaluation is what everybody expects, and no known expression relies on the former. */
function generateLogic({ operator, left, right, at }: Of<'logic'>): Code {
  const [leftCode, rightCode] = [generate(left), generate(right)];
  const decisive = operator === '||';
  return (machine) => {
    burn(machine, 1);
    if (condition(leftCode(machine), operator, at) === decisive) return decisive;
    return condition(rightCode(machine), operator, at);
  };
}

function generateTernary({ test, then, otherwise, at }: Of<'ternary'>): Code {
  const [testCode, thenCode, otherwiseCode] = [generate(test), generate(then), generate(otherwise)];
  return (machine) => {
    burn(machine, 1);
    return condition(testCode(machine), '?', at) ? thenCode(machine) : otherwiseCode(machine);
  };
}

function generateAccess(node: Of<'index' | 'field' | 'call'>): Code {
  const { object, at } = node;
  if (isParams(object)) return callParams(node, generate);
  const code = generate(object);
  if (node.kind === 'field') return (machine) => readField(code(machine), node.name, at);
  if (node.kind === 'index') {
    const index = generate(node.index);
    return (machine) => readIndex(code(machine), index(machine), at);
  }
  const { name, args } = { name: node.name, args: node.args.map((arg) => generate(arg)) };
  return (machine) => {
    burn(machine, 1);
    const receiver = code(machine);
    return callMethod({ receiver, name, at, machine, args: args.map((arg) => arg(machine)) });
  };
}

function condition(value: SelValue, operator: string, at: number): boolean {
  if (typeof value === 'boolean') return value;
  throw new Fault('type', `\`${operator}\` needs a BOOLEAN, not ${typeOf(value)}`, at);
}
