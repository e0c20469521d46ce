import { suggestion } from '@maestro/domain';
import { Fault } from '../runtime/error.js';
import { SelArray, typeOf, type SelValue } from '../runtime/value.js';
import type { Call, LibraryClass, Members } from './library-class.js';
import { CLASS_NAMES, classNamed, classOf, methodOf } from './registry.js';

/**
 * callMethod runs a method; methods are found by name and number of arguments, never on the JavaScript object. `named` is the
 * variable whose value the receiver is, if it is one: for a better message.
 */
export function callMethod(call: Call, named?: string): SelValue {
  const { receiver, name, args, at } = call;
  if (receiver === null) throw noReceiver(name, at, named);
  const type = typeOf(receiver);
  const found = classOf(type);
  const method = methodOf(found, name, args.length);
  if (method) return method(call);
  throw noMember(type, 'method', { name, count: args.length, at }, [found?.methods, found?.statics]);
}

function noReceiver(name: string, at: number, named: string | undefined): Fault {
  const hint = named === undefined ? '' : suggestion(named, CLASS_NAMES);
  const message = `cannot call ${name}() on NULL: there is no value, test it with \`== null\` first${hint}`;
  return new Fault('type', message, at, named ?? name);
}

/** readField reads `object.name`: only arrays have one, their length. */
export function readField(object: SelValue, name: string, at: number): SelValue {
  if (object instanceof SelArray && name === 'length') return BigInt(object.items.length);
  const hint = typeof object === 'string' && name === 'length' ? '; use length()' : '';
  throw new Fault('method', `${typeOf(object)} has no field ${name}${hint}`, at, name);
}

interface Wanted {
  readonly name: string;
  readonly count: number;
  readonly at: number;
}

/** noMember is the fault of a method or constructor that does not exist; it names those that are meant, if any. */
export function noMember(
  owner: string,
  what: string,
  { name, count, at }: Wanted,
  tables: readonly (Members | undefined)[],
): Fault {
  const keys = tables.flatMap((members) => Object.keys(members ?? {}));
  const counts = keys.filter((key) => key.startsWith(`${name}/`)).map((key) => key.slice(name.length + 1));
  const names = keys.map((key) => key.slice(0, key.indexOf('/')));
  const hint = counts.length > 0 ? `; it takes ${counts.join(' or ')}` : suggestion(name, names);
  return new Fault('method', `${owner} has no ${what} ${name} with ${count} argument(s)${hint}`, at, name);
}

/** requireClass finds a class by its name, or says which are near. */
export function requireClass(name: string, at: number): LibraryClass {
  const found = classNamed(name);
  if (found) return found;
  throw new Fault('method', `there is no class ${name}${suggestion(name, CLASS_NAMES)}`, at, name);
}
