import { classNamed } from '../library/registry.js';
import { Fault } from '../runtime/error.js';
import type { ElementType, SelType } from '../runtime/value.js';
import type { Variable } from '../runtime/variables.js';
import type { TypeName } from './ast.js';

/** PARAMS is the object of the params: no variable can have its name. */
export const PARAMS = 'params';

/** Names gives the variables of one program their slots. */
export class Names {
  private readonly slots = new Map<string, Variable>();

  /** The variable of that name. */
  variable(name: string): Variable {
    const known = this.slots.get(name);
    if (known) return known;
    const variable = { name, slot: this.slots.size };
    this.slots.set(name, variable);
    return variable;
  }

  /** A variable to assign or declare: names of classes and `params` are taken. */
  target(name: string, at: number): Variable {
    if (name === PARAMS) throw new Fault('type', '`params` cannot be assigned: it is read-only', at, name);
    if (classNamed(name))
      throw new Fault('type', `\`${name}\` is a class and cannot be a variable: take another name`, at, name);
    return this.variable(name);
  }
}

const PRIMITIVE_TYPES: ReadonlyMap<string, ElementType> = new Map([
  ['boolean', 'BOOLEAN'],
  ['int', 'LONG'],
  ['long', 'LONG'],
  ['float', 'DOUBLE'],
  ['double', 'DOUBLE'],
]);
const ELEMENT_TYPES: ReadonlySet<string> = new Set(['STRING', 'LONG', 'DOUBLE', 'BOOLEAN']);

/** declaredType is the type that a declaration names; undefined when there is no such type. */
export function declaredType({ name, array }: TypeName): SelType | undefined {
  const type = PRIMITIVE_TYPES.get(name) ?? classNamed(name)?.type;
  if (type === undefined || type === 'ARRAY') return undefined;
  if (!array) return type;
  return isElementType(type) ? `${type}_ARRAY` : undefined;
}

/** elementType is the type of the elements of `new T[..]`; undefined when there are no such arrays. */
export function elementType(name: string): ElementType | undefined {
  const type = declaredType({ name, array: false });
  return type !== undefined && isElementType(type) ? type : undefined;
}

function isElementType(type: SelType): type is ElementType {
  return ELEMENT_TYPES.has(type);
}
