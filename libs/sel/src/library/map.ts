import { Fault } from '../runtime/error.js';
import { allocateItems, allocateText, burn } from '../runtime/machine.js';
import { elementTypeOf, SelArray, SelMap, typeOf, type SelScalar, type SelValue } from '../runtime/value.js';
import { argument, mapArg, mapReceiver, textArg } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';

/** MAP_CLASS is MAP: string keys, any values, in the order of insertion. */
export const MAP_CLASS: LibraryClass = {
  names: ['Map', 'HashMap', 'LinkedHashMap'],
  type: 'MAP',
  constructors: {
    'new/0': (call) => {
      allocateText(call.machine, 0, call.at);
      return new SelMap();
    },
  },
  methods: {
    'size/0': (call) => BigInt(mapReceiver(call).entries.size),
    'isEmpty/0': (call) => mapReceiver(call).entries.size === 0,
    'get/1': (call) => mapReceiver(call).entries.get(textArg(call, 0)) ?? null,
    'containsKey/1': (call) => mapReceiver(call).entries.has(textArg(call, 0)),
    'getOrDefault/2': getOrDefault,
    'put/2': (call) => put(call, mapReceiver(call), textArg(call, 0), argument(call, 1)),
    'putAll/1': putAll,
    'remove/1': remove,
    'keys/0': keys,
    'keySet/0': keys,
    'values/0': values,
  },
};

/** A key that is there and holds NULL is found, as in Java. */
function getOrDefault(call: Call): SelValue {
  const found = mapReceiver(call).entries.get(textArg(call, 0));
  return found === undefined ? argument(call, 1) : found;
}

function put(call: Call, map: SelMap, key: string, value: SelValue): SelValue {
  allocateText(call.machine, key.length, call.at);
  const previous = map.entries.get(key) ?? null;
  map.entries.set(key, value);
  return previous;
}

/** The entries are read before the first is written: a map may be put into itself. */
function putAll(call: Call): SelValue {
  const [target, source] = [mapReceiver(call), mapArg(call, 0)];
  burn(call.machine, source.entries.size);
  for (const [key, value] of [...source.entries]) put(call, target, key, value);
  return target;
}

function remove(call: Call): SelValue {
  const [{ entries }, key] = [mapReceiver(call), textArg(call, 0)];
  const previous = entries.get(key) ?? null;
  entries.delete(key);
  return previous;
}

function keys(call: Call): SelArray {
  const { entries } = mapReceiver(call);
  allocateItems(call.machine, entries.size, call.at);
  return new SelArray('STRING', [...entries.keys()]);
}

function values(call: Call): SelArray {
  const { entries } = mapReceiver(call);
  allocateItems(call.machine, entries.size, call.at);
  const items = [...entries].map(([key, value]) => scalar(call, key, value));
  const [first] = items;
  if (first === undefined) return new SelArray(undefined, []);
  const element = elementTypeOf(first);
  const odd = [...entries].find(([, value]) => typeOf(value) !== element);
  if (odd === undefined) return new SelArray(element, items);
  throw new Fault(
    'type',
    `values() needs values of one type: '${odd[0]}' is ${typeOf(odd[1])}, others are ${element}`,
    call.at,
  );
}

function scalar(call: Call, key: string, value: SelValue): SelScalar {
  if (value !== null && typeof value !== 'object') return value;
  throw new Fault('type', `values() needs scalars: '${key}' is ${typeOf(value)}`, call.at);
}
