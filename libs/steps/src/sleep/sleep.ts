import { defineStepType } from '../define-step-type.js';

/** Sleep waits without occupying anything: the engine sets a timer. */
export const sleep = defineStepType({
  name: 'Sleep',
  runs: 'engine',
  doc: 'Waits for at least `sleep_seconds` seconds, then succeeds.',
  defaultParams: { sleep_seconds: { type: 'LONG', value: 3n, internalMode: 'PROVIDED' } },
});
