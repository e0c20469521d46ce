export { admissible, checkSwitch, decideStart } from './admission.js';
export type { QueueCounts, StartDecision } from './queue.js';
