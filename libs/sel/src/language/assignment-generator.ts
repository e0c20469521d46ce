import { readElement, writeElement } from '../runtime/elements.js';
import { burn, type Code } from '../runtime/machine.js';
import { assignVariable, followLink, readVariable, type Variable } from '../runtime/variables.js';
import type { Generator, Of } from './generator.js';
import { operationOf } from './operations.js';

/** generateAssignment compiles assignments to variables and to their elements; their value is what was assigned. */
export function generateAssignment(context: Generator, node: Of<'assign'>): Code {
  const variable = context.names.target(node.name, node.at);
  if (node.index) return assignElement(variable, context.code(node.index), context.code(node.value), node);
  const value = context.code(node.value);
  return node.operator === '=' ? assign(variable, value, node.at) : update(variable, value, node);
}

function assign(variable: Variable, code: Code, at: number): Code {
  return (machine) => {
    burn(machine, 1);
    const value = code(machine);
    const before = machine.links && readVariable(machine, variable, at, 'assign');
    assignVariable(machine, variable, value, at);
    if (before !== undefined) followLink(machine, variable, before, value);
    return value;
  };
}

function update(variable: Variable, code: Code, { operator, at }: Of<'assign'>): Code {
  const operation = operationOf(operator);
  return (machine) => {
    burn(machine, 1);
    const operand = code(machine);
    const current = readVariable(machine, variable, at);
    const value = operation ? operation(current, operand, at, machine) : operand;
    assignVariable(machine, variable, value, at);
    return value;
  };
}

function assignElement(variable: Variable, indexCode: Code, code: Code, { operator, at }: Of<'assign'>): Code {
  const operation = operationOf(operator);
  return (machine) => {
    burn(machine, 1);
    const index = indexCode(machine);
    const operand = code(machine);
    const object = readVariable(machine, variable, at);
    const value = operation ? operation(readElement(object, index, at), operand, at, machine) : operand;
    writeElement(machine, object, index, value, at);
    return value;
  };
}
