import { defineStepType } from '../define-step-type.js';

/** titus is known by name; see `doc` for what has to come first. */
export const titus = defineStepType({
  name: 'Titus',
  runs: 'later',
  doc: 'Titus steps need a Titus cluster. The original has no open runtime for them either; use Kubernetes.',
});
