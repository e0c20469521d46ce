import { defineStepType } from '../define-step-type.js';

/** python is known by name; see `doc` for what has to come first. */
export const python = defineStepType({
  name: 'Python',
  runs: 'later',
  doc: 'Python steps need the Python runtime of the executor, which comes with the issue on step runtimes.',
});
