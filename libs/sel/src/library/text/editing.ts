import { Fault } from '../../runtime/error.js';
import { allocateText, burn } from '../../runtime/machine.js';
import { longArg, textArg, textReceiver } from '../arguments.js';
import type { Call, Members } from '../library-class.js';
import { chargeSearch } from './searching.js';
import { TextBuilder } from './text-builder.js';
import { trimmed } from './trim.js';

/** EDITING are the methods of STRING that make new texts without regular expressions; each is charged before it is made. */
export const EDITING: Members = {
  'toUpperCase/0': (call) => copied(call).toUpperCase(),
  'toLowerCase/0': (call) => copied(call).toLowerCase(),
  'trim/0': (call) => trimmed(copied(call)),
  'substring/1': (call) => substring(call, longArg(call, 0), BigInt(textReceiver(call).length)),
  'substring/2': (call) => substring(call, longArg(call, 0), longArg(call, 1)),
  'charAt/1': charAt,
  'concat/1': concat,
  'repeat/1': repeat,
  'replace/2': replace,
};

function copied(call: Call): string {
  const text = textReceiver(call);
  allocateText(call.machine, text.length, call.at);
  return text;
}

function substring(call: Call, from: bigint, to: bigint): string {
  const text = textReceiver(call);
  if (from < 0n || to > BigInt(text.length) || from > to) {
    const end = call.args.length === 1 ? 'the end' : String(to);
    throw new Fault(
      'index',
      `${call.name}() from ${from} to ${end} is outside of a text of ${text.length} characters`,
      call.at,
    );
  }
  allocateText(call.machine, Number(to - from), call.at);
  return text.slice(Number(from), Number(to));
}

/** The language has no characters: a text of one is given. */
function charAt(call: Call): string {
  const [text, index] = [textReceiver(call), longArg(call, 0)];
  if (index < 0n || index >= BigInt(text.length)) {
    throw new Fault('index', `charAt(${index}) is outside of a text of ${text.length} characters`, call.at);
  }
  allocateText(call.machine, 1, call.at);
  return text.charAt(Number(index));
}

function concat(call: Call): string {
  const [text, other] = [textReceiver(call), textArg(call, 0)];
  allocateText(call.machine, text.length + other.length, call.at);
  return text + other;
}

function repeat(call: Call): string {
  const [text, count] = [textReceiver(call), longArg(call, 0)];
  if (count < 0n) throw new Fault('value', `repeat(${count}): the count may not be negative`, call.at);
  if (text === '') return text;
  allocateText(call.machine, text.length * Number(count), call.at);
  return text.repeat(Number(count));
}

function replace(call: Call): string {
  const [text, literal, replacement] = [textReceiver(call), textArg(call, 0), textArg(call, 1)];
  const places = occurrences(call, text, literal);
  if (places === 0) return text;
  allocateText(call.machine, text.length + places * (replacement.length - literal.length), call.at);
  return literal === '' ? spread(text, replacement) : replaced(text, literal, replacement);
}

function replaced(text: string, literal: string, replacement: string): string {
  const builder = new TextBuilder();
  let done = 0;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, done)) {
    builder.add(text.slice(done, at));
    builder.add(replacement);
    done = at + literal.length;
  }
  builder.add(text.slice(done));
  return builder.text();
}

/** An empty text stands before each character and at the end. */
function spread(text: string, replacement: string): string {
  const builder = new TextBuilder();
  for (let index = 0; index < text.length; index += 1) builder.add(replacement + text.charAt(index));
  builder.add(replacement);
  return builder.text();
}

function occurrences(call: Call, text: string, literal: string): number {
  chargeSearch(call.machine, text.length, literal);
  if (literal === '') {
    burn(call.machine, text.length);
    return text.length + 1;
  }
  let count = 0;
  for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
    burn(call.machine, 1);
    count += 1;
  }
  return count;
}
