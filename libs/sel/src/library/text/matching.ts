import { allocateItems, allocateText, burn } from '../../runtime/machine.js';
import { SelArray } from '../../runtime/value.js';
import { longArg, textArg, textReceiver } from '../arguments.js';
import type { Call, Members } from '../library-class.js';
import { expand, readReplacement, type Replacement } from '../regex/replacement.js';
import { Regex } from '../regex/regex.js';
import { chargeSearch } from './searching.js';
import { TextBuilder } from './text-builder.js';

/** MATCHING are the methods of STRING that take a regular expression. */
export const MATCHING: Members = {
  'matches/1': (call) => regexOf(call).matches(textReceiver(call)),
  'replaceAll/2': (call) => replace(call, Infinity),
  'replaceFirst/2': (call) => replace(call, 1),
  'split/1': (call) => split(call, 0n),
  'split/2': (call) => split(call, longArg(call, 1)),
};

function regexOf(call: Call): Regex {
  return Regex.compile(call.machine, textArg(call, 0), call.at);
}

/** Every part is paid for before it is kept. The replacement is read at the first match: without one it may be anything, as in Java. */
function replace(call: Call, most: number): string {
  const text = textReceiver(call);
  const written = textArg(call, 1);
  const regex = regexOf(call);
  let replacement: Replacement | undefined;
  const result = new TextBuilder();
  let done = 0;
  let count = 0;
  for (const match of regex.find(text)) {
    replacement ??= replacementOf(call, written, regex);
    result.add(paid(call, text.slice(done, match.start)));
    for (const part of expand(replacement, match)) result.add(paid(call, part));
    done = match.end;
    count += 1;
    if (count >= most) break;
  }
  result.add(paid(call, text.slice(done)));
  return result.text();
}

function paid({ machine, at }: Call, part: string): string {
  allocateText(machine, part.length, at);
  return part;
}

function replacementOf(call: Call, written: string, regex: Regex): Replacement {
  burn(call.machine, written.length);
  return readReplacement(written, regex, call.at);
}

/**
 * Java's rules: an empty match at the start splits nothing off; a positive limit bounds the number of pieces; without a
 * limit (0) empty pieces at the end are dropped; a negative limit keeps them.
 */
function split(call: Call, limit: bigint): SelArray {
  const text = textReceiver(call);
  const pieces: string[] = [];
  let done = 0;
  for (const match of placesOf(call, text)) {
    if (limit > 0n && BigInt(pieces.length + 1) >= limit) break;
    if (pieces.length >= call.machine.limits.array) break;
    if (match.end === 0) continue;
    pieces.push(paid(call, text.slice(done, match.start)));
    done = match.end;
  }
  pieces.push(paid(call, text.slice(done)));
  if (limit === 0n && done > 0) dropEmptyEnd(pieces);
  allocateItems(call.machine, pieces.length, call.at);
  return new SelArray('STRING', pieces);
}

/** Most separators are plain characters: they are found without a regular expression, at a tenth of the time. */
function placesOf(call: Call, text: string): Iterable<{ readonly start: number; readonly end: number }> {
  const [, escaped, plain] = PLAIN.exec(textArg(call, 0)) ?? [];
  const separator = escaped ?? plain;
  return separator === undefined ? regexOf(call).find(text) : occurrencesOf(call, text, separator);
}

/** One escaped sign, or a few characters that mean themselves. */
const PLAIN = /^(?:\\([^\w\s])|([\w ,;:=/#@!~%&'"<>-]{1,16}))$/;

function* occurrencesOf(call: Call, text: string, part: string): Generator<{ start: number; end: number }> {
  chargeSearch(call.machine, text.length, part);
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + part.length)) {
    burn(call.machine, 1);
    yield { start, end: start + part.length };
  }
}

function dropEmptyEnd(pieces: string[]): void {
  while (pieces.at(-1) === '') pieces.pop();
}
