import { defineStepType } from '../define-step-type.js';
import { SCRIPT_PARAMS, withScript } from '../script-params.js';

/** Python runs a Python script as a process of the executor's machine. */
export const python = withScript(
  defineStepType({
    name: 'Python',
    runs: 'executor',
    doc:
      'Runs `script`, or `file` of `git_repo`, with Python (`python_version` or `interpreter`) and the packages of `requirements`. The module `maestro` ' +
      'holds the params and takes outputs, artifacts and signals.',
    defaultParams: {
      ...SCRIPT_PARAMS,
      interpreter: { type: 'STRING', internalMode: 'OPTIONAL' },
      python_version: { type: 'STRING', internalMode: 'OPTIONAL' },
      requirements: { type: 'STRING_ARRAY', internalMode: 'OPTIONAL' },
      requirements_file: { type: 'STRING', internalMode: 'OPTIONAL' },
    },
  }),
);
