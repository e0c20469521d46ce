import { suggestion } from '@maestro/domain';
import { callMethod, noMember, readField } from '../library/members.js';
import type { LibraryClass } from '../library/library-class.js';
import { classNamed, memberOf } from '../library/registry.js';
import { readElement } from '../runtime/elements.js';
import { Fault } from '../runtime/error.js';
import { burn, type Code, type Machine } from '../runtime/machine.js';
import { SelMap, type SelValue } from '../runtime/value.js';
import { linkVariable, type Variable } from '../runtime/variables.js';
import type { Expression } from './ast.js';
import type { Generator, Of } from './generator.js';
import { callParams, isParams } from './params-object.js';

/** generateIndex compiles `object[index]`. */
export function generateIndex(context: Generator, node: Of<'index'>): Code {
  if (isParams(node.object)) return callParams(node, (inner) => context.code(inner));
  const [code, index, at] = [context.code(node.object), context.code(node.index), node.at];
  return (machine) => {
    burn(machine, 1);
    return readElement(code(machine), index(machine), at);
  };
}

/** generateField compiles `object.name` and static fields. */
export function generateField(context: Generator, node: Of<'field'>): Code {
  const { object, name, at } = node;
  if (isParams(object)) return callParams(node, (inner) => context.code(inner));
  const found = classOfName(object);
  if (found) return staticField(found, name, at);
  const code = context.code(object);
  return (machine) => {
    burn(machine, 1);
    return readField(code(machine), name, at);
  };
}

function classOfName(object: Expression): LibraryClass | undefined {
  return object.kind === 'name' ? classNamed(object.name) : undefined;
}

function staticField({ names: [owner], fields = {} }: LibraryClass, name: string, at: number): Code {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (machine) => {
    burn(machine, 1);
    if (value !== undefined) return value;
    throw new Fault('method', `${owner} has no field ${name}${suggestion(name, Object.keys(fields))}`, at, name);
  };
}

/** generateCall compiles calls of methods, of static methods and of the functions of `params`. */
export function generateCall(context: Generator, node: Of<'call'>): Code {
  const { object, name, at } = node;
  if (isParams(object)) return callParams(node, (inner) => context.code(inner));
  const args = node.args.map((arg) => context.code(arg));
  const found = classOfName(object);
  if (found) return staticCall(found, name, args, at);
  const code = context.code(object);
  const linked = linkedVariable(context, node);
  const named = object.kind === 'name' ? object.name : undefined;
  return (machine) => {
    burn(machine, 1);
    const receiver = code(machine);
    const values = args.map((arg) => arg(machine));
    const result = callMethod({ receiver, name, args: values, machine, at }, named);
    if (linked) link(machine, linked, receiver, values[0], at);
    return result;
  };
}

function staticCall(
  { names: [owner], statics, methods }: LibraryClass,
  name: string,
  args: readonly Code[],
  at: number,
): Code {
  const method = memberOf(statics, name, args.length);
  return (machine) => {
    burn(machine, 1);
    if (method) return method({ receiver: null, name, args: args.map((arg) => arg(machine)), machine, at });
    if (!memberOf(methods, name, args.length)) {
      throw noMember(owner, 'static method', { name, count: args.length, at }, [statics]);
    }
    throw new Fault('method', `${name} is a method of values of ${owner}: call it on a value`, at, name);
  };
}

/** `m.put(key, name)` outside of loops connects the variable with the entry (see linkVariable). */
function linkedVariable(context: Generator, { name, args }: Of<'call'>): Variable | undefined {
  const value = args[1];
  if (context.inLoop || name !== 'put' || args.length !== 2 || value?.kind !== 'name') return undefined;
  return context.names.variable(value.name);
}

function link(machine: Machine, variable: Variable, map: SelValue, key: SelValue | undefined, at: number): void {
  if (map instanceof SelMap && typeof key === 'string') linkVariable(machine, variable, map, key, at);
}
