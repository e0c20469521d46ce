import { Fault } from '../runtime/error.js';
import { allocateText } from '../runtime/machine.js';
import { argument, longArg, textArg, wrongArgument, wrongReceiver } from './arguments.js';
import { compareResult } from './comparing.js';
import type { Call, LibraryClass, Members } from './library-class.js';

const MAX_LONG = 9_223_372_036_854_775_807n;
const MIN_LONG = -9_223_372_036_854_775_808n;
const MAX_INTEGER = 2_147_483_647n;

const STATICS: Members = {
  'valueOf/1': longOf,
  'parseLong/1': (call) => parseLong(call, textArg(call, 0)),
  'parseInt/1': (call) => parseLong(call, textArg(call, 0)),
  'toString/1': (call) => shown(call, longArg(call, 0)),
  'compare/2': (call) => compareResult(longArg(call, 0), longArg(call, 1)),
};

const CONSTRUCTORS: Members = { 'new/1': longOf };

/** INTEGER_CLASS is another name of LONG: all integers have 64 bits. Only its limits are those of 32. */
export const INTEGER_CLASS: LibraryClass = {
  names: ['Integer', 'int'],
  type: 'LONG',
  constructors: CONSTRUCTORS,
  statics: STATICS,
  fields: { MAX_VALUE: MAX_INTEGER, MIN_VALUE: -MAX_INTEGER - 1n },
};

/** LONG_CLASS is LONG: 64 bits with Java's overflow. */
export const LONG_CLASS: LibraryClass = {
  names: ['Long', 'long'],
  type: 'LONG',
  constructors: CONSTRUCTORS,
  statics: STATICS,
  fields: { MAX_VALUE: MAX_LONG, MIN_VALUE: MIN_LONG },
  methods: {
    'toString/0': (call) => shown(call, receiver(call)),
    'intValue/0': receiver,
    'longValue/0': receiver,
    'doubleValue/0': (call) => Number(receiver(call)),
    'equals/1': (call) => receiver(call) === argument(call, 0),
    'compareTo/1': (call) => compareResult(receiver(call), longArg(call, 0)),
  },
};

/**
 * parseLong reads decimal digits with an optional sign, as Java's Long.parseLong. Throws Fault `value` for any other text
 * and for numbers beyond 64 bits.
 */
export function parseLong(call: Call, text: string): bigint {
  if (text.length <= LONGEST_WITH_ZEROS && /^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
    if (value >= MIN_LONG && value <= MAX_LONG) return value;
  }
  throw new Fault('value', `${call.name}(): ${quoted(text)} is no integer of 64 bits`, call.at);
}

/** longFrom reads an argument that may be a LONG or its decimal digits in a STRING. */
export function longFrom(call: Call, index: number): bigint {
  const value = argument(call, index);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return parseLong(call, value);
  throw wrongArgument(call, index, 'LONG or a STRING of digits');
}

/** quoted shows a text in a message, cut when it is long. */
export function quoted(text: string): string {
  return `'${text.length > SHOWN ? `${text.slice(0, SHOWN)}..` : text}'`;
}

/** Java reads any number of leading zeros; this many are enough for everybody and cost nothing. */
const LONGEST_WITH_ZEROS = 100;
const SHOWN = 40;

function longOf(call: Call): bigint {
  return longFrom(call, 0);
}

function shown(call: Call, value: bigint): string {
  allocateText(call.machine, 0, call.at);
  return String(value);
}

function receiver(call: Call): bigint {
  if (typeof call.receiver === 'bigint') return call.receiver;
  throw wrongReceiver(call, 'LONG');
}
