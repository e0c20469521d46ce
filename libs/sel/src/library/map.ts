import { burn } from '../runtime/machine.js';
import { mapReceiver, textArg } from './arguments.js';
import type { LibraryClass } from './library-class.js';

/** MAP_CLASS is MAP: string keys, any values. */
export const MAP_CLASS: LibraryClass = {
  names: ['Map', 'HashMap', 'LinkedHashMap'],
  type: 'MAP',
  methods: {
    'size/0': (call) => BigInt(mapReceiver(call).entries.size),
    'get/1': (call) => mapReceiver(call).entries.get(textArg(call, 0)) ?? null,
    'containsKey/1': (call) => mapReceiver(call).entries.has(textArg(call, 0)),
    'getOrDefault/2': (call) => {
      burn(call.machine, 1);
      return mapReceiver(call).entries.get(textArg(call, 0)) ?? call.args[1] ?? null;
    },
  },
};
