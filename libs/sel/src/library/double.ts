import { Fault } from '../runtime/error.js';
import { allocateText, burn } from '../runtime/machine.js';
import { doubleText } from '../runtime/text.js';
import { argument, textArg, wrongArgument, wrongReceiver } from './arguments.js';
import { compareDoubles } from './comparing.js';
import type { Call, LibraryClass } from './library-class.js';
import { quoted } from './long.js';
import { trimmed } from './text/trim.js';

/** DOUBLE_CLASS is DOUBLE: IEEE 754 of 64 bits. */
export const DOUBLE_CLASS: LibraryClass = {
  names: ['Double', 'double', 'Float', 'float'],
  type: 'DOUBLE',
  constructors: { 'new/1': doubleOf },
  statics: {
    'valueOf/1': doubleOf,
    'parseDouble/1': (call) => parseDouble(call, textArg(call, 0)),
    'parseFloat/1': (call) => parseDouble(call, textArg(call, 0)),
    'toString/1': (call) => shown(call, doubleArg(call, 0)),
    'isNaN/1': (call) => Number.isNaN(doubleArg(call, 0)),
    'compare/2': (call) => compareDoubles(doubleArg(call, 0), doubleArg(call, 1)),
  },
  fields: {
    MAX_VALUE: Number.MAX_VALUE,
    MIN_VALUE: Number.MIN_VALUE,
    POSITIVE_INFINITY: Number.POSITIVE_INFINITY,
    NEGATIVE_INFINITY: Number.NEGATIVE_INFINITY,
    NaN: Number.NaN,
  },
  methods: {
    'toString/0': (call) => shown(call, receiver(call)),
    'intValue/0': (call) => longFromDouble(receiver(call)),
    'longValue/0': (call) => longFromDouble(receiver(call)),
    'doubleValue/0': receiver,
    'isNaN/0': (call) => Number.isNaN(receiver(call)),
    'isInfinite/0': (call) => Math.abs(receiver(call)) === Infinity,
    'equals/1': (call) => Object.is(receiver(call), argument(call, 0)),
    'compareTo/1': (call) => compareDoubles(receiver(call), doubleArg(call, 0)),
  },
};

/** longFromDouble is Java's `(long) d`: cut towards zero, held at the limits of 64 bits, NaN is 0. */
export function longFromDouble(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return 2n ** 63n - 1n;
  if (value <= -(2 ** 63)) return -(2n ** 63n);
  return BigInt(Math.trunc(value));
}

/** Java's syntax of Double.parseDouble without hexadecimal numbers. */
const DOUBLE_TEXT = /^([+-]?)(?:(NaN|Infinity)|((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?)$/;

function parseDouble(call: Call, text: string): number {
  allocateText(call.machine, text.length, call.at);
  burn(call.machine, text.length / 8);
  const [, sign, word, digits] = DOUBLE_TEXT.exec(trimmed(text)) ?? [];
  const size = Number(word ?? digits);
  if (word === undefined && digits === undefined) {
    throw new Fault('value', `${call.name}(): ${quoted(text)} is no number`, call.at);
  }
  return sign === '-' ? -size : size;
}

function doubleOf(call: Call): number {
  const value = argument(call, 0);
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseDouble(call, value);
  throw wrongArgument(call, 0, 'DOUBLE or STRING');
}

function doubleArg(call: Call, index: number): number {
  const value = argument(call, index);
  if (typeof value === 'number') return value;
  throw wrongArgument(call, index, 'DOUBLE');
}

function shown(call: Call, value: number): string {
  allocateText(call.machine, 0, call.at);
  return doubleText(value);
}

function receiver(call: Call): number {
  if (typeof call.receiver === 'number') return call.receiver;
  throw wrongReceiver(call, 'DOUBLE');
}
