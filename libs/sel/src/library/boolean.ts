import { allocateText, burn } from '../runtime/machine.js';
import { argument, booleanArg, textArg, wrongArgument, wrongReceiver } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';

/** BOOLEAN_CLASS is BOOLEAN; a text is true when it spells `true` in any case, and false otherwise, as in Java. */
export const BOOLEAN_CLASS: LibraryClass = {
  names: ['Boolean', 'boolean'],
  type: 'BOOLEAN',
  constructors: { 'new/1': booleanOf },
  statics: {
    'valueOf/1': booleanOf,
    'parseBoolean/1': (call) => isTrue(call, textArg(call, 0)),
    'toString/1': (call) => shown(call, booleanArg(call, 0)),
  },
  fields: { TRUE: true, FALSE: false },
  methods: {
    'toString/0': (call) => shown(call, receiver(call)),
    'booleanValue/0': receiver,
    'equals/1': (call) => receiver(call) === argument(call, 0),
  },
};

function booleanOf(call: Call): boolean {
  const value = argument(call, 0);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return isTrue(call, value);
  throw wrongArgument(call, 0, 'BOOLEAN or STRING');
}

function isTrue(call: Call, text: string): boolean {
  burn(call.machine, 1);
  return text.length === 4 && text.toLowerCase() === 'true';
}

function shown(call: Call, value: boolean): string {
  allocateText(call.machine, 0, call.at);
  return String(value);
}

function receiver(call: Call): boolean {
  if (typeof call.receiver === 'boolean') return call.receiver;
  throw wrongReceiver(call, 'BOOLEAN');
}
