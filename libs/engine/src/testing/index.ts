export { CHILD, randomFamily } from './random-family.js';
export { randomWorkflow } from './random-workflow.js';
