import { defineStepType } from '../define-step-type.js';

/** docker is known by name; see `doc` for what has to come first. */
export const docker = defineStepType({
  name: 'Docker',
  runs: 'later',
  doc: 'Docker steps need the container runtime of the executor, which comes with the issue on step runtimes.',
});
