import { checkParams } from './check-params.js';
import type { StepType } from './step-type.js';

/** StepTypeDescription is what differs between step types; the rest is the same for all. */
export type StepTypeDescription = Omit<StepType, 'onExecutorLost' | 'defaultParams' | 'outputs' | 'validate'> &
  Partial<Pick<StepType, 'onExecutorLost' | 'defaultParams' | 'outputs'>>;

/** defineStepType completes a description: no params, no outputs and nothing that outlives its executor unless said, params checked against the defaults. */
export function defineStepType(description: StepTypeDescription): StepType {
  const { defaultParams = {}, outputs = [] } = description;
  return {
    onExecutorLost: 'fail',
    ...description,
    defaultParams,
    outputs,
    validate: (step) => checkParams(defaultParams, step.params ?? {}, { templated: step.subType !== undefined }),
  };
}
