import { classNamed } from '../library/registry.js';
import { condition } from '../runtime/condition.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code } from '../runtime/machine.js';
import { typeOf } from '../runtime/value.js';
import { readVariable } from '../runtime/variables.js';
import { generateCall, generateField, generateIndex } from './access-generator.js';
import { generateArrayLiteral, generateNew, generateNewArray } from './allocation-generator.js';
import { generateAssignment } from './assignment-generator.js';
import type { Expression } from './ast.js';
import type { Generator, Of } from './generator.js';
import { PARAMS, type Names } from './names.js';
import { OPERATIONS } from './operations.js';

/** generator makes the Generator of a program; `inLoop` is for the code inside of loops. */
export function generator(names: Names, inLoop: boolean): Generator {
  const made: Generator = { names, inLoop, code: (node) => generate(made, node) };
  return made;
}

function generate(context: Generator, node: Expression): Code {
  switch (node.kind) {
    case 'literal':
      return () => node.value;
    case 'name':
      return generateName(context, node);
    case 'unary':
      return generateUnary(context, node);
    case 'binary':
      return generateBinary(context, node);
    case 'logic':
      return generateLogic(context, node);
    case 'ternary':
      return generateTernary(context, node);
    case 'assign':
      return generateAssignment(context, node);
    default:
      return generateMemory(context, node);
  }
}

type Memory = Of<'index' | 'field' | 'call' | 'new' | 'newArray' | 'arrayLiteral'>;

function generateMemory(context: Generator, node: Memory): Code {
  switch (node.kind) {
    case 'index':
      return generateIndex(context, node);
    case 'field':
      return generateField(context, node);
    case 'call':
      return generateCall(context, node);
    case 'new':
      return generateNew(context, node);
    case 'newArray':
      return generateNewArray(context, node);
    case 'arrayLiteral':
      return generateArrayLiteral(context, node);
  }
}

function generateName({ names }: Generator, { name, at }: Of<'name'>): Code {
  if (name === PARAMS) {
    throw new Fault('type', "`params` is no value of its own: use params['x'], params.x or one of its functions", at);
  }
  if (classNamed(name)) throw new Fault('type', `\`${name}\` is a class, no value: use one of its members`, at);
  const variable = names.variable(name);
  const { slot } = variable;
  return (machine) => {
    burn(machine, 1);
    return machine.variables[slot] ?? readVariable(machine, variable, at);
  };
}

function generateUnary(context: Generator, { operator, operand, at }: Of<'unary'>): Code {
  const code = context.code(operand);
  if (operator === '!') {
    return (machine) => {
      burn(machine, 1);
      return !condition(code(machine), '!', at);
    };
  }
  return (machine) => {
    burn(machine, 1);
    const value = code(machine);
    if (typeof value === 'bigint') return operator === '-' ? BigInt.asIntN(64, -value) : value;
    if (typeof value === 'number') return operator === '-' ? -value : value;
    throw new Fault('type', `cannot apply \`${operator}\` to ${typeOf(value)}`, at);
  };
}

function generateBinary(context: Generator, { operator, left, right, at }: Of<'binary'>): Code {
  const [leftCode, rightCode, operation] = [context.code(left), context.code(right), OPERATIONS[operator]];
  return (machine) => {
    burn(machine, 1);
    return operation(leftCode(machine), rightCode(machine), at, machine);
  };
}

/** The original evaluates both sides; lazy evaluation is what everybody expects, and no known expression relies on the former. */
function generateLogic(context: Generator, { operator, left, right, at }: Of<'logic'>): Code {
  const [leftCode, rightCode] = [context.code(left), context.code(right)];
  const decisive = operator === '||';
  return (machine) => {
    burn(machine, 1);
    if (condition(leftCode(machine), operator, at) === decisive) return decisive;
    return condition(rightCode(machine), operator, at);
  };
}

function generateTernary(context: Generator, { test, then, otherwise, at }: Of<'ternary'>): Code {
  const [testCode, thenCode, otherwiseCode] = [context.code(test), context.code(then), context.code(otherwise)];
  return (machine) => {
    burn(machine, 1);
    return condition(testCode(machine), '?', at) ? thenCode(machine) : otherwiseCode(machine);
  };
}
