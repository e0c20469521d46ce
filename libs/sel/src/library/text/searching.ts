import { burn, type Machine } from '../../runtime/machine.js';
import { argument, longArg, textArg, textReceiver } from '../arguments.js';
import type { Call, Members } from '../library-class.js';

/** Comparing this many characters costs one unit of fuel. */
const CHARS_PER_UNIT = 64;
/** JavaScript searches with jumps of at most so many characters: a longer needle costs as many comparisons more. */
const JUMP = 250;

/** SEARCHING are the methods of STRING that look and compare. */
export const SEARCHING: Members = {
  'length/0': (call) => BigInt(textReceiver(call).length),
  'isEmpty/0': (call) => textReceiver(call) === '',
  'contains/1': (call) => indexOf(call, 0) >= 0,
  'indexOf/1': (call) => BigInt(indexOf(call, 0)),
  'indexOf/2': (call) => BigInt(indexOf(call, clamped(longArg(call, 1), textReceiver(call).length))),
  'lastIndexOf/1': (call) => BigInt(lastIndexOf(call, textReceiver(call).length)),
  'lastIndexOf/2': (call) => lastIndexFrom(call, longArg(call, 1)),
  'startsWith/1': (call) => compared(call).startsWith(textArg(call, 0)),
  'endsWith/1': (call) => compared(call).endsWith(textArg(call, 0)),
  'equals/1': equals,
  'equalsIgnoreCase/1': (call) => folded(call, textReceiver(call)) === folded(call, textArg(call, 0)),
  'compareTo/1': compareTo,
};

/** chargeSearch pays for looking for `needle` in `chars` characters, at the worst that JavaScript's search can take. */
export function chargeSearch(machine: Machine, chars: number, needle: string): void {
  burn(machine, ((chars + needle.length) / CHARS_PER_UNIT) * (1 + needle.length / JUMP));
}

function indexOf(call: Call, from: number): number {
  const [text, needle] = [textReceiver(call), textArg(call, 0)];
  chargeSearch(call.machine, text.length - from, needle);
  return text.indexOf(needle, from);
}

/** Searching backwards has no jumps: it may compare the whole needle at each place. */
function lastIndexOf(call: Call, from: number): number {
  const [text, needle] = [textReceiver(call), textArg(call, 0)];
  burn(call.machine, (text.length * (1 + needle.length)) / CHARS_PER_UNIT);
  return text.lastIndexOf(needle, from);
}

/** Java finds nothing before the start, where JavaScript still looks at the first character. */
function lastIndexFrom(call: Call, from: bigint): bigint {
  textArg(call, 0);
  return from < 0n ? -1n : BigInt(lastIndexOf(call, clamped(from, textReceiver(call).length)));
}

function clamped(index: bigint, length: number): number {
  if (index < 0n) return 0;
  return index > BigInt(length) ? length : Number(index);
}

function compared(call: Call): string {
  burn(call.machine, textArg(call, 0).length / CHARS_PER_UNIT);
  return textReceiver(call);
}

/** Like Java's: anything that is no STRING is not equal. */
function equals(call: Call): boolean {
  burn(call.machine, textReceiver(call).length / CHARS_PER_UNIT);
  return textReceiver(call) === argument(call, 0);
}

/** Java folds each character up and down; texts of another length are never equal. */
function folded(call: Call, text: string): string {
  burn(call.machine, text.length);
  return Array.from({ length: text.length }, (_, index) => foldedChar(text.charAt(index))).join('');
}

function foldedChar(char: string): string {
  const upper = char.toUpperCase();
  const lower = (upper.length === 1 ? upper : char).toLowerCase();
  return lower.length === 1 ? lower : char;
}

/** Java's: the difference of the first two characters that differ, else of the lengths. */
function compareTo(call: Call): bigint {
  const [left, right] = [textReceiver(call), textArg(call, 0)];
  const end = Math.min(left.length, right.length);
  burn(call.machine, end / CHARS_PER_UNIT);
  for (let index = 0; index < end; index += 1) {
    const difference = left.charCodeAt(index) - right.charCodeAt(index);
    if (difference !== 0) return BigInt(difference);
  }
  return BigInt(left.length - right.length);
}
