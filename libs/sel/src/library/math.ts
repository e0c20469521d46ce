import type { SelValue } from '../runtime/value.js';
import { Fault } from '../runtime/error.js';
import { argument, longArg, numberArg, wrongArgument } from './arguments.js';
import type { Call, LibraryClass } from './library-class.js';
import { longFromDouble } from './double.js';

/** MATH_CLASS is Java's Math. LONGs stay LONGs where Java keeps them; a LONG and a DOUBLE together are DOUBLE. */
export const MATH_CLASS: LibraryClass = {
  names: ['Math'],
  statics: {
    'min/2': (call) => pick(call, (left, right) => left < right, Math.min),
    'max/2': (call) => pick(call, (left, right) => left > right, Math.max),
    'pow/2': power,
    'random/0': (call) => call.machine.environment.random(),
    'abs/1': absolute,
    'floor/1': (call) => Math.floor(numberArg(call, 0)),
    'ceil/1': (call) => Math.ceil(numberArg(call, 0)),
    'round/1': round,
    'floorDiv/2': (call) => floorDivision(call).quotient,
    'floorMod/2': (call) => floorDivision(call).rest,
  },
  fields: { PI: Math.PI, E: Math.E },
};

function pick(
  call: Call,
  isFirst: (left: bigint, right: bigint) => boolean,
  doubles: (left: number, right: number) => number,
): SelValue {
  const [left, right] = [argument(call, 0), argument(call, 1)];
  if (typeof left === 'bigint' && typeof right === 'bigint') return isFirst(left, right) ? left : right;
  return doubles(numberArg(call, 0), numberArg(call, 1));
}

/** Both Java and JavaScript follow IEEE 754 here, but for 1 to the power of Infinity, which is NaN in both. */
function power(call: Call): number {
  return numberArg(call, 0) ** numberArg(call, 1);
}

/** The smallest LONG has no opposite: it stays, as in Java. */
function absolute(call: Call): SelValue {
  const value = argument(call, 0);
  if (typeof value === 'bigint') return value < 0n ? BigInt.asIntN(64, -value) : value;
  if (typeof value === 'number') return Math.abs(value);
  throw wrongArgument(call, 0, 'LONG or DOUBLE');
}

/** Half up, also for negative numbers: round(-2.5) is -2. Adding 0.5 would be wrong for 0.49999999999999994. */
function round(call: Call): bigint {
  const value = argument(call, 0);
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'number') throw wrongArgument(call, 0, 'LONG or DOUBLE');
  const floor = Math.floor(value);
  return longFromDouble(value - floor >= 0.5 ? floor + 1 : floor);
}

function floorDivision(call: Call): { readonly quotient: bigint; readonly rest: bigint } {
  const [left, right] = [longArg(call, 0), longArg(call, 1)];
  if (right === 0n) throw new Fault('arithmetic', `${call.name}(): division of ${left} by zero`, call.at);
  const rest = left % right;
  const isBelow = rest !== 0n && rest < 0n !== right < 0n;
  const quotient = BigInt.asIntN(64, left / right - (isBelow ? 1n : 0n));
  return { quotient, rest: isBelow ? rest + right : rest };
}
