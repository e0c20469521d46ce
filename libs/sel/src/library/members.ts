import { LATER_METHODS } from '../language/vocabulary.js';
import { Fault } from '../runtime/error.js';
import { SelArray, SelMap, typeOf, type SelValue } from '../runtime/value.js';
import { unsupported } from '../runtime/unsupported.js';
import type { Call } from './library-class.js';
import { classOf, methodOf } from './registry.js';

/** callMethod runs a method; methods are found by name and number of arguments, never on the JavaScript object. */
export function callMethod(call: Call): SelValue {
  const { receiver, name, args, at } = call;
  if (receiver === null) throw new Fault('type', `cannot call ${name}() on NULL`, at);
  const method = methodOf(classOf(typeOf(receiver)), name, args.length);
  if (method) return method(call);
  if (LATER_METHODS.has(name)) throw unsupported(`\`${name}()\` of ${typeOf(receiver)}`, at);
  throw new Fault('method', `${typeOf(receiver)} has no method ${name} with ${args.length} argument(s)`, at);
}

/** readField reads `object.name`: only arrays have one, their length. */
export function readField(object: SelValue, name: string, at: number): SelValue {
  if (object instanceof SelArray && name === 'length') return BigInt(object.items.length);
  const hint = typeof object === 'string' && name === 'length' ? '; use length()' : '';
  throw new Fault('method', `${typeOf(object)} has no field ${name}${hint}`, at);
}

/** readIndex reads `array[long]` or `map['key']`. */
export function readIndex(object: SelValue, index: SelValue, at: number): SelValue {
  if (object instanceof SelMap && typeof index === 'string') return object.entries.get(index) ?? null;
  if (!(object instanceof SelArray) || typeof index !== 'bigint') {
    throw new Fault('type', `cannot index ${typeOf(object)} with ${typeOf(index)}`, at);
  }
  const item = object.items[Number(index)];
  if (item !== undefined) return item;
  throw new Fault('index', `index ${index} is outside of an array of ${object.items.length}`, at);
}
