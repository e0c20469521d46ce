import type { Machine } from '../runtime/machine.js';

/** Completion says how a statement ended: the next one follows, the loop ends or goes on, or the program ends. */
export type Completion = typeof NEXT | typeof BREAK | typeof CONTINUE | typeof END;

export const NEXT = 0;
export const BREAK = 1;
export const CONTINUE = 2;
/** The program's result is in the machine. */
export const END = 3;

/** Step is a compiled statement. */
export type Step = (machine: Machine) => Completion;
