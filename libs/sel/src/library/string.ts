import { allocateText, burn } from '../runtime/machine.js';
import { textArg, textReceiver } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';

/** Searching or comparing this many characters costs one unit of fuel. */
const CHARS_PER_UNIT = 64;

/** STRING_CLASS is STRING. */
export const STRING_CLASS: LibraryClass = {
  names: ['String'],
  type: 'STRING',
  methods: {
    'length/0': (call) => BigInt(textReceiver(call).length),
    'isEmpty/0': (call) => textReceiver(call) === '',
    'toUpperCase/0': (call) => copied(call).toUpperCase(),
    'toLowerCase/0': (call) => copied(call).toLowerCase(),
    'trim/0': (call) => trim(copied(call)),
    'equals/1': (call) => searched(call) === textArg(call, 0),
    'contains/1': (call) => searched(call).includes(textArg(call, 0)),
    'startsWith/1': (call) => searched(call).startsWith(textArg(call, 0)),
    'endsWith/1': (call) => searched(call).endsWith(textArg(call, 0)),
  },
};

function copied(call: Call): string {
  const text = textReceiver(call);
  allocateText(call.machine, text.length, call.at);
  return text;
}

function searched(call: Call): string {
  const text = textReceiver(call);
  burn(call.machine, (text.length + textArg(call, 0).length) / CHARS_PER_UNIT);
  return text;
}

/** Java trims every character up to the space, and nothing else. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  return text.slice(start, end);
}
