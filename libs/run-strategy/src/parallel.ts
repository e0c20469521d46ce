import { oneAtATime } from './strategy-defaults.js';
import type { Strategy } from './queue.js';

/** PARALLEL: up to `workflowConcurrency` instances run at once, the others wait in order. */
export const parallel: Strategy = { ...oneAtATime, limit: (concurrency) => concurrency };
