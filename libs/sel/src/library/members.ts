import type { Call } from '../runtime/call.js';
import { Fault } from '../runtime/error.js';
import { mapMethod } from './map-methods.js';
import { stringMethod } from './string-methods.js';
import { unsupported } from '../runtime/unsupported.js';
import { isSelArray, typeOf, type SelValue } from '../runtime/value.js';
import { LATER_METHODS } from '../language/vocabulary.js';

/** callMethod runs a method; methods are found by name and number of arguments, never on the JavaScript object. */
export function callMethod(object: SelValue, call: Call): SelValue {
  if (object === null) throw new Fault('type', `cannot call ${call.name}() on NULL`, call.at);
  const result = typeof object === 'string' ? stringMethod(object, call) : mapResult(object, call);
  if (result !== undefined) return result;
  if (LATER_METHODS.has(call.name)) throw unsupported(`\`${call.name}()\` of ${typeOf(object)}`, call.at);
  throw new Fault(
    'method',
    `${typeOf(object)} has no method ${call.name} with ${call.args.length} argument(s)`,
    call.at,
  );
}

function mapResult(object: Exclude<SelValue, null>, call: Call): SelValue | undefined {
  return object instanceof Map ? mapMethod(object, call) : undefined;
}

/** readField reads `object.name`: only arrays have one, their length. */
export function readField(object: SelValue, name: string, at: number): SelValue {
  if (object !== null && isSelArray(object) && name === 'length') return BigInt(object.length);
  const hint = typeof object === 'string' && name === 'length' ? '; use length()' : '';
  throw new Fault('method', `${typeOf(object)} has no field ${name}${hint}`, at);
}

/** readIndex reads `array[long]` or `map['key']`. */
export function readIndex(object: SelValue, index: SelValue, at: number): SelValue {
  if (object instanceof Map && typeof index === 'string') return (object.get(index) as SelValue | undefined) ?? null;
  if (object === null || !isSelArray(object) || typeof index !== 'bigint') {
    throw new Fault('type', `cannot index ${typeOf(object)} with ${typeOf(index)}`, at);
  }
  const item = object[Number(index)];
  if (item === undefined) throw new Fault('index', `index ${index} is outside of an array of ${object.length}`, at);
  return item;
}
