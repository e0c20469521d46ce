import { suggestion } from '@maestro/domain';
import { CLASS_NAMES } from '../library/registry.js';
import { Fault } from '../runtime/error.js';
import { allocateItems, burn, type Code, type Machine } from '../runtime/machine.js';
import { SelArray, type ElementType, type SelType, type SelValue } from '../runtime/value.js';
import { declareEmpty, declareVariable, type Variable } from '../runtime/variables.js';
import type { Declarator, Statement, TypeName } from './ast.js';
import type { Generator } from './generator.js';
import { declaredType } from './names.js';
import { NEXT, type Step } from './step.js';

/** generateDeclaration compiles `T x = .., y;`. A type that does not exist is an error only where it is reached. */
export function generateDeclaration(context: Generator, statement: Extract<Statement, { kind: 'declare' }>): Step {
  const type = declaredType(statement.type);
  const parts = statement.declarators.map((declarator) => generateDeclarator(context, declarator, type));
  return (machine) => {
    burn(machine, 1);
    if (!type) throw noType(statement.type, statement.at);
    for (const part of parts) part(machine);
    return NEXT;
  };
}

function generateDeclarator(
  { names, code }: Generator,
  { name, at, value }: Declarator,
  type: SelType | undefined,
): (machine: Machine) => void {
  const variable = names.target(name, at);
  const valueCode = value && code(value);
  if (!type) return () => undefined;
  return valueCode ? filled(variable, type, valueCode, at) : empty(variable, type, at);
}

function filled(variable: Variable, type: SelType, code: Code, at: number): (machine: Machine) => void {
  return (machine) => declareVariable(machine, variable, type, code(machine), at);
}

function empty(variable: Variable, type: SelType, at: number): (machine: Machine) => void {
  return (machine) => declareEmpty(machine, variable, type, emptyValue(machine, type, at));
}

function emptyValue(machine: Machine, type: SelType, at: number): SelValue {
  if (type === 'LONG') return 0n;
  if (type === 'DOUBLE') return 0;
  if (type === 'BOOLEAN') return false;
  if (!type.endsWith('_ARRAY')) return null;
  allocateItems(machine, 0, at);
  return new SelArray(type.slice(0, -'_ARRAY'.length) as ElementType, []);
}

function noType({ name, array }: TypeName, at: number): Fault {
  const written = array ? `${name}[]` : name;
  return new Fault('type', `there is no type ${written}${suggestion(name, CLASS_NAMES)}`, at, name);
}
