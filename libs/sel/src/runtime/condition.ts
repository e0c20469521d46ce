import { Fault } from './error.js';
import { typeOf, type SelValue } from './value.js';

/** condition reads a BOOLEAN; `where` names the operator or statement that needs it. */
export function condition(value: SelValue, where: string, at: number): boolean {
  if (typeof value === 'boolean') return value;
  throw new Fault('type', `\`${where}\` needs a BOOLEAN, not ${typeOf(value)}`, at);
}
