import { defineStepType } from '../define-step-type.js';

/** Shell runs a script as a process of the executor's machine. */
export const shell = defineStepType({
  name: 'Shell',
  runs: 'executor',
  doc:
    'Runs `script` with `interpreter` (default sh). Params arrive in the environment as MAESTRO_PARAM_<NAME>; what the ' +
    'script writes as JSON {params, artifacts} to the file $MAESTRO_OUTPUT becomes the outputs of the step.',
  defaultParams: {
    script: { type: 'STRING', internalMode: 'REQUIRED' },
    interpreter: { type: 'STRING', value: 'sh', internalMode: 'PROVIDED' },
    env: { type: 'STRING_MAP', internalMode: 'OPTIONAL' },
    working_dir: { type: 'STRING', internalMode: 'OPTIONAL' },
  },
});
