import { defineStepType } from '../define-step-type.js';

/** NoOp does nothing: it joins and names places in a graph. */
export const noOp = defineStepType({
  name: 'NoOp',
  runs: 'engine',
  doc: 'Does nothing and succeeds at once.',
});
