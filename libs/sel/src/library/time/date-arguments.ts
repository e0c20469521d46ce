import { burn, allocateText } from '../../runtime/machine.js';
import { argument, longArg, objectArg, wrongArgument, wrongReceiver } from '../arguments.js';
import type { Call } from '../library-class.js';
import { Formatter } from './formatter.js';
import { Moment } from './moment.js';
import { TimeProblem } from './time-problem.js';
import { Zone } from './zone.js';

/** Most questions that making one date asks its zone. */
const LOOKUPS = 4;

/** momentReceiver is the date that a method is called on. */
export function momentReceiver(call: Call): Moment {
  if (call.receiver instanceof Moment) return call.receiver;
  throw wrongReceiver(call, 'DATETIME');
}

/** momentArg reads a DATETIME. */
export function momentArg(call: Call, index: number): Moment {
  return objectArg(call, index, Moment, 'DATETIME');
}

/** zoneArg reads a DATETIME_ZONE. */
export function zoneArg(call: Call, index: number): Zone {
  return objectArg(call, index, Zone, 'DATETIME_ZONE');
}

/** formatterArg reads a DATETIME_FORMATTER. */
export function formatterArg(call: Call, index: number): Formatter {
  return objectArg(call, index, Formatter, 'DATETIME_FORMATTER');
}

/** smallArg reads a LONG that is a number of a date; TimeProblem when no date has one of that size. */
export function smallArg(call: Call, index: number): number {
  const value = longArg(call, index);
  if (value >= -(2n ** 31n) && value < 2n ** 31n) return Number(value);
  throw new TimeProblem(`${value} is too large: ${call.name}() takes 32-bit numbers`);
}

/** textOrLongArg reads a STRING, or a LONG as the text of its digits. */
export function textOrLongArg(call: Call, index: number): string {
  const value = argument(call, index);
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint') return String(value);
  throw wrongArgument(call, index, 'STRING or LONG');
}

/** payForDate charges for a date in a zone before it is made. */
export function payForDate(call: Call, zone: Zone): void {
  burn(call.machine, zone.lookupCost * LOOKUPS);
  allocateText(call.machine, 0, call.at);
}
