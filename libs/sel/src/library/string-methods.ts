import { Fault } from '../runtime/error.js';
import { burn } from '../runtime/machine.js';
import type { Call } from '../runtime/call.js';
import { typeOf, type SelValue } from '../runtime/value.js';

/** stringMethod runs a method of a STRING; undefined when there is none of that name and number of arguments. */
export function stringMethod(text: string, call: Call): SelValue | undefined {
  if (call.args.length === 0) return plainMethod(text, call);
  return call.args.length === 1 ? searchMethod(text, call) : undefined;
}

function plainMethod(text: string, call: Call): SelValue | undefined {
  switch (call.name) {
    case 'length':
      return BigInt(text.length);
    case 'isEmpty':
      return text === '';
    case 'toUpperCase':
      burn(call.machine, text.length);
      return text.toUpperCase();
    case 'toLowerCase':
      burn(call.machine, text.length);
      return text.toLowerCase();
    case 'trim':
      burn(call.machine, text.length);
      return trim(text);
    default:
      return undefined;
  }
}

function searchMethod(text: string, call: Call): SelValue | undefined {
  switch (call.name) {
    case 'equals':
      return text === argument(text, call);
    case 'contains':
      return text.includes(argument(text, call));
    case 'startsWith':
      return text.startsWith(argument(text, call));
    case 'endsWith':
      return text.endsWith(argument(text, call));
    default:
      return undefined;
  }
}

function argument(text: string, call: Call): string {
  const value = call.args[0] ?? null;
  if (typeof value !== 'string') {
    throw new Fault('type', `${call.name}() of a STRING needs a STRING, not ${typeOf(value)}`, call.at);
  }
  burn(call.machine, text.length + value.length);
  return value;
}

/** Java trims every character up to the space, and nothing else. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 32) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 32) end -= 1;
  return text.slice(start, end);
}
