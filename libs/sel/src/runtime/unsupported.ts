import { Fault } from './error.js';

/** notYet words the answer to a construct of SEL that this subset recognises but does not run. */
export function notYet(construct: string): string {
  return `${construct} is not available yet: it arrives with the full expression language`;
}

/** unsupported is the fault for such a construct. */
export function unsupported(construct: string, at: number): Fault {
  return new Fault('unsupported', notYet(construct), at);
}
