import { Fault } from '../../runtime/error.js';
import { allocateItems } from '../../runtime/machine.js';
import { SelArray } from '../../runtime/value.js';
import type { Call, Members } from '../library-class.js';
import { longFrom } from '../long.js';

/** INTS are the functions of Util about integers. */
export const INTS: Members = { 'intsBetween/3': intsBetween };

/**
 * From `from` up (or, with a negative step, down) to before `to`. Its size is known and paid for before it is made; the
 * original takes a step of 0 until it runs out of memory.
 */
function intsBetween(call: Call): SelArray {
  const [from, to, step] = [longFrom(call, 0), longFrom(call, 1), longFrom(call, 2)];
  if (step === 0n) throw new Fault('value', 'intsBetween(): the step may not be 0', call.at);
  const span = step > 0n ? to - from : from - to;
  const size = step > 0n ? step : -step;
  const count = span > 0n ? Number((span + size - 1n) / size) : 0;
  allocateItems(call.machine, count, call.at);
  const items: bigint[] = [];
  for (let item = from; items.length < count; item += step) items.push(item);
  return new SelArray('LONG', items);
}
