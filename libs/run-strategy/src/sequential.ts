import { oneAtATime } from './strategy-defaults.js';
import type { Strategy } from './queue.js';

/** SEQUENTIAL: one instance runs, the others wait in the order they were started. */
export const sequential: Strategy = oneAtATime;
