import { Fault } from '../runtime/error.js';
import type { Call } from '../runtime/call.js';
import { typeOf, type SelMap, type SelValue } from '../runtime/value.js';

/** mapMethod runs a reading method of a MAP; undefined when there is none of that name and number of arguments. */
export function mapMethod(map: SelMap, call: Call): SelValue | undefined {
  switch (`${call.name}/${call.args.length}`) {
    case 'size/0':
      return BigInt(map.size);
    case 'get/1':
      return map.get(key(call)) ?? null;
    case 'containsKey/1':
      return map.has(key(call));
    case 'getOrDefault/2':
      return map.get(key(call)) ?? call.args[1] ?? null;
    default:
      return undefined;
  }
}

function key(call: Call): string {
  const value = call.args[0] ?? null;
  if (typeof value === 'string') return value;
  throw new Fault('type', `${call.name}() of a MAP needs a STRING key, not ${typeOf(value)}`, call.at);
}
