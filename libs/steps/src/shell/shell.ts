import { defineStepType } from '../define-step-type.js';
import { SCRIPT_PARAMS, withScript } from '../script-params.js';

/** Shell runs a script as a process of the executor's machine. */
export const shell = withScript(
  defineStepType({
    name: 'Shell',
    runs: 'executor',
    doc:
      'Runs `script`, or `file` of `git_repo`, with `interpreter` (default sh). Params arrive in the file $MAESTRO_PARAMS and in the environment as ' +
      'MAESTRO_PARAM_<NAME>; what is written as JSON {params, artifacts, signals} to the file $MAESTRO_OUTPUT becomes the outputs of the step.',
    defaultParams: { ...SCRIPT_PARAMS, interpreter: { type: 'STRING', value: 'sh', internalMode: 'PROVIDED' } },
  }),
);
