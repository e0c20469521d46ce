import { defineStepType } from '../define-step-type.js';

/** Echo shows what a step got, and costs nothing of its own: for trying things out and for measuring. */
export const echo = defineStepType({
  name: 'Echo',
  runs: 'executor',
  doc: 'Returns its evaluated params in the artifact `maestro_echo`, inside the executor process.',
});
