import { allocateText, burn } from '../../runtime/machine.js';
import { SelObject, type SelValue } from '../../runtime/value.js';
import { wrongReceiver } from '../arguments.js';
import type { Call } from '../library-class.js';

/** The longest text of a date or zone; that of a formatter is charged with its pattern. */
const WIDTH = 64;

/** textOfObject is `toString()` of dates, zones and their like. */
export function textOfObject(call: Call): SelValue {
  if (!(call.receiver instanceof SelObject)) throw wrongReceiver(call, 'DATETIME');
  allocateText(call.machine, WIDTH, call.at);
  return call.receiver.text();
}

/** Fuel of reading a text of usual length. */
const READING = 10;

/** payForText charges for reading a text as a date or duration. */
export function payForText(call: Call, text: string): void {
  burn(call.machine, READING + text.length / WIDTH);
  allocateText(call.machine, 0, call.at);
}
