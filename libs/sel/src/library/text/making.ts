import { allocateText, burn } from '../../runtime/machine.js';
import { textOf } from '../../runtime/text.js';
import { SelArray, type SelValue } from '../../runtime/value.js';
import { argument, textArg, textReceiver, wrongArgument } from '../arguments.js';
import { formatText } from '../format/format.js';
import type { Call, Members } from '../library-class.js';

/** MAKING are the static methods of String. */
export const MAKING: Members = {
  'valueOf/1': valueOf,
  'format/*': format,
  'join/*': join,
  'escape/1': (call) => escaped(call, textArg(call, 0)),
};

/** NEW are the constructors of String. */
export const NEW: Members = {
  'new/0': () => '',
  'new/1': (call) => {
    const value = argument(call, 0);
    if (typeof value === 'string' || typeof value === 'bigint') return valueOf(call);
    throw wrongArgument(call, 0, 'STRING or LONG');
  },
};

/** escapeReceiver is `text.escape()`. */
export function escapeReceiver(call: Call): string {
  return escaped(call, textReceiver(call));
}

function valueOf(call: Call): string {
  const text = textOf(argument(call, 0), call.machine, call.at);
  allocateText(call.machine, text.length, call.at);
  return text;
}

/** A single array gives the arguments. */
function format(call: Call): string {
  const [, first] = call.args;
  const args = call.args.length === 2 && first instanceof SelArray ? first.items : call.args.slice(1);
  return formatText(call.machine, textArg(call, 0), args, call.at);
}

/** The result is paid for before it is made: a short text of many items can stand for a very long one. */
function join(call: Call): string {
  const separator = textArg(call, 0);
  const [, first] = call.args;
  const parts = (call.args.length === 2 && first instanceof SelArray ? first.items : call.args.slice(1)).map(
    (item, index) => part(call, item, index),
  );
  burn(call.machine, parts.length);
  const chars = parts.reduce((sum, text) => sum + text.length, separator.length * Math.max(0, parts.length - 1));
  allocateText(call.machine, chars, call.at);
  return parts.join(separator);
}

function part(call: Call, item: SelValue, index: number): string {
  if (item === null || typeof item === 'string') return String(item);
  if (call.args[1] instanceof SelArray) return textOf(item, call.machine, call.at);
  throw wrongArgument(call, index + 1, 'STRING');
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\f', '\\f'],
  ['"', '\\"'],
]);

/**
 * A single quote stays: the original escapes only what Java texts need. Piece by piece: replacing in one go lists all matches
 * first, which takes many times the memory of the text.
 */
function escaped(call: Call, text: string): string {
  burn(call.machine, text.length / CHARS_PER_UNIT);
  allocateText(call.machine, 2 * text.length, call.at);
  let result = '';
  for (let from = 0; from < text.length; from += PIECE_CHARS) {
    const piece = text.slice(from, from + PIECE_CHARS);
    result += piece.replace(/[\\\t\b\n\r\f"]/g, (char) => ESCAPES.get(char) ?? char);
  }
  return result;
}

const PIECE_CHARS = 65_536;

const CHARS_PER_UNIT = 8;
