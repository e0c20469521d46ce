import { suggestion } from '@maestro/domain';
import { noMember, requireClass } from '../library/members.js';
import { memberOf } from '../library/registry.js';
import { asElement, newArray } from '../runtime/elements.js';
import { Fault } from '../runtime/error.js';
import { allocateItems, burn, type Code } from '../runtime/machine.js';
import { SelArray } from '../runtime/value.js';
import type { Generator, Of } from './generator.js';
import { elementType } from './names.js';

/** generateNew compiles `new C(..)`; a class that does not exist is an error only where it is reached. */
export function generateNew(context: Generator, { className, args, at }: Of<'new'>): Code {
  const codes = args.map((arg) => context.code(arg));
  const constructors = () => requireClass(className, at).constructors;
  return (machine) => {
    burn(machine, 1);
    const construct = memberOf(constructors(), 'new', codes.length);
    if (!construct) throw noConstructor(className, codes.length, at);
    return construct({
      receiver: null,
      args: codes.map((code) => code(machine)),
      machine,
      at,
      name: `new ${className}`,
    });
  };
}

function noConstructor(className: string, count: number, at: number): Fault {
  const { constructors } = requireClass(className, at);
  if (constructors) return noMember(className, 'constructor', { name: 'new', count, at }, [constructors]);
  return new Fault('method', `${className} cannot be made with \`new\`: it has static members only`, at);
}

/** generateNewArray compiles `new T[size]`. */
export function generateNewArray(context: Generator, { element, size, at }: Of<'newArray'>): Code {
  const [code, type] = [context.code(size), elementType(element)];
  return (machine) => {
    burn(machine, 1);
    if (!type) throw noArrays(element, at);
    return newArray(machine, type, code(machine), at);
  };
}

/** generateArrayLiteral compiles `new T[]{..}`. */
export function generateArrayLiteral(context: Generator, { element, items, at }: Of<'arrayLiteral'>): Code {
  const [codes, type] = [items.map((item) => context.code(item)), elementType(element)];
  return (machine) => {
    burn(machine, 1);
    if (!type) throw noArrays(element, at);
    allocateItems(machine, codes.length, at);
    return new SelArray(
      type,
      codes.map((code, index) => asElement(type, code(machine), items[index]?.at ?? at)),
    );
  };
}

const ARRAY_NAMES = ['String', 'long', 'double', 'boolean'];

function noArrays(element: string, at: number): Fault {
  const hint = suggestion(element, ARRAY_NAMES) || '; there are String[], long[], double[] and boolean[]';
  return new Fault('type', `there are no arrays of ${element}${hint}`, at);
}
