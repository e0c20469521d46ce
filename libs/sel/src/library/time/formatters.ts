import { LRUCache } from 'lru-cache';
import { Fault } from '../../runtime/error.js';
import { allocateText, burn } from '../../runtime/machine.js';
import type { Call } from '../library-class.js';
import { Formatter } from './formatter.js';
import type { Moment } from './moment.js';
import { compilePattern } from './pattern/compile-pattern.js';

/** A pattern may be as long as the text of an expression. */
const MAX_PATTERN = 10_000;
/** Longer patterns are not remembered, so that the memory of those that are is small. */
const MAX_REMEMBERED = 100;
/** Fuel for each character of a pattern: the part it becomes, or its share of what the part prints or reads. */
const COST_PER_CHAR = 1 / 4;
/** Questions to the zone that reading a local time asks. */
const READ_LOOKUPS = 4;

const remembered = new LRUCache<string, Formatter>({ max: 500 });

/** formatterOf makes the formatter of a pattern, charged to the call; TimeProblem for a pattern that makes no sense. */
export function formatterOf(call: Call, pattern: string): Formatter {
  if (pattern.length > MAX_PATTERN) {
    throw new Fault('limit', `a date pattern may not have more than ${MAX_PATTERN} characters`, call.at);
  }
  allocateText(call.machine, pattern.length, call.at);
  burn(call.machine, pattern.length * COST_PER_CHAR);
  const known = remembered.get(pattern);
  if (known) return known;
  const made = new Formatter(pattern, compilePattern(pattern));
  if (pattern.length <= MAX_REMEMBERED) remembered.set(pattern, made);
  return made;
}

/** printed prints a date, charged to the call before any text is made. */
export function printed(call: Call, formatter: Formatter, moment: Moment): string {
  burn(call.machine, formatter.printCost + formatter.zoneCost);
  allocateText(call.machine, formatter.width, call.at);
  return formatter.print(moment);
}

/** parsed reads a date, charged to the call. */
export function parsed(call: Call, formatter: Formatter, text: string): Moment {
  burn(call.machine, formatter.parseCost + READ_LOOKUPS * formatter.zoneCost + text.length * COST_PER_CHAR);
  allocateText(call.machine, 0, call.at);
  return formatter.parse(text, call.machine.environment.nowMs);
}
