import { Fault } from '../runtime/error.js';
import { SelArray, SelMap, SelObject, typeOf, type SelValue } from '../runtime/value.js';
import type { Call } from './library-class.js';

/** argument gives argument `index`, counted from 0; NULL when it is left out. */
export function argument(call: Call, index: number): SelValue {
  return call.args[index] ?? null;
}

/** wrongArgument is the fault of an argument of the wrong type; `wanted` names the right one. */
export function wrongArgument(call: Call, index: number, wanted: string): Fault {
  const which = call.args.length > 1 ? `argument ${index + 1} of ${call.name}()` : `${call.name}()`;
  return new Fault('type', `${which} must be a ${wanted}, not ${typeOf(argument(call, index))}`, call.at);
}

/** textArg reads a STRING. */
export function textArg(call: Call, index: number): string {
  const value = argument(call, index);
  if (typeof value === 'string') return value;
  throw wrongArgument(call, index, 'STRING');
}

/** longArg reads a LONG. */
export function longArg(call: Call, index: number): bigint {
  const value = argument(call, index);
  if (typeof value === 'bigint') return value;
  throw wrongArgument(call, index, 'LONG');
}

/** numberArg reads a LONG or DOUBLE as a JavaScript number: exact only for LONGs below 2^53. */
export function numberArg(call: Call, index: number): number {
  const value = argument(call, index);
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  throw wrongArgument(call, index, 'LONG or DOUBLE');
}

/** booleanArg reads a BOOLEAN. */
export function booleanArg(call: Call, index: number): boolean {
  const value = argument(call, index);
  if (typeof value === 'boolean') return value;
  throw wrongArgument(call, index, 'BOOLEAN');
}

/** mapArg reads a MAP. */
export function mapArg(call: Call, index: number): SelMap {
  const value = argument(call, index);
  if (value instanceof SelMap) return value;
  throw wrongArgument(call, index, 'MAP');
}

/** arrayArg reads an array of any type. */
export function arrayArg(call: Call, index: number): SelArray {
  const value = argument(call, index);
  if (value instanceof SelArray) return value;
  throw wrongArgument(call, index, 'array');
}

/** objectArg reads a value of a library class: `objectArg(call, 0, DateTime, 'DATETIME')`. */
export function objectArg<T extends SelObject>(
  call: Call,
  index: number,
  kind: abstract new (...args: never[]) => T,
  wanted: string,
): T {
  const value = argument(call, index);
  if (value instanceof kind) return value;
  throw wrongArgument(call, index, wanted);
}

/** textReceiver reads the receiver of a method of STRING. */
export function textReceiver(call: Call): string {
  if (typeof call.receiver === 'string') return call.receiver;
  throw wrongReceiver(call, 'STRING');
}

/** mapReceiver reads the receiver of a method of MAP. */
export function mapReceiver(call: Call): SelMap {
  if (call.receiver instanceof SelMap) return call.receiver;
  throw wrongReceiver(call, 'MAP');
}

/** arrayReceiver reads the receiver of a method of arrays. */
export function arrayReceiver(call: Call): SelArray {
  if (call.receiver instanceof SelArray) return call.receiver;
  throw wrongReceiver(call, 'array');
}

/** wrongReceiver is the fault of a method that is called on a value of another type. */
export function wrongReceiver(call: Call, wanted: string): Fault {
  return new Fault('type', `${call.name}() is a method of ${wanted}, not of ${typeOf(call.receiver)}`, call.at);
}
