import { attemptId, isCompleteStep, isTerminalStep, type Params, type ParamValue } from '@maestro/domain';
import type { ParamScope } from '@maestro/params';
import { runsBelowPorts } from './loop/runs-below.js';
import { namedSteps } from './named-steps.js';
import type { PlanStep } from './plan.js';
import type { RunReader } from './run-reader.js';
import type { RunHeader, StepState } from './state.js';
import { dependencyPorts } from './signals/signal-ports.js';
import { isUpstream } from './upstream.js';
import { workflowParamsScope } from './workflow-defaults.js';
import { functionPorts, instanceField } from './workflow-scope.js';

/**
 * stepScope is what the expressions of a step can see: its own and the workflow's params, and steps that finished before it.
 * `purpose` says what is evaluated, so that each evaluation of an attempt gets unique ids of its own.
 */
export function stepScope(run: RunReader, step: StepState, params: Params, purpose = 'params'): ParamScope {
  const planStep = run.plan.steps[step.ordinal];
  return {
    ...workflowParamsScope(run.plan, run.header),
    ...(planStep ? { stepId: planStep.id } : {}),
    stepParams: params,
    isStep: (id) => namedSteps(run.plan, step.ordinal, id).length > 0,
    stepParam: (id, name) => upstreamParam(run, step.ordinal, id, name),
    stepField: (field) => (planStep ? stepField(run.header, planStep, step, field) : undefined),
    instanceField: (field) => instanceField(run.header, field),
    functions: {
      ...functionPorts(run.plan, run.header, () => `${uuidOf(run.header, step)}/${purpose}`),
      ...runsBelowPorts(run, step.ordinal),
      ...dependencyPorts(run.header.initiator, step),
    },
  };
}

/** Of several steps that end in the place of a template step, the first that has the param. */
function upstreamParam(run: RunReader, asking: number, id: string, name: string): ParamValue | undefined {
  for (const ordinal of namedSteps(run.plan, asking, id)) {
    const value = paramOfStep(run, asking, ordinal, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function paramOfStep(run: RunReader, asking: number, ordinal: number, name: string): ParamValue | undefined {
  if (!isUpstream(run.plan, ordinal, asking)) return undefined;
  const step = run.step(ordinal);
  if (!step || !isTerminalStep(step.status)) return undefined;
  if (name === 'MAESTRO_STEP_STATUS') return step.status;
  if (name === 'MAESTRO_STEP_END_TIME') return BigInt(step.times.end ?? 0);
  if (!isCompleteStep(step.status)) return undefined;
  return own(step.params, name) ?? reservedParam(run, step, name);
}

/** What every attempt has as params by its identity: never stored. */
function reservedParam(run: RunReader, step: StepState, name: string): ParamValue | undefined {
  const planStep = run.plan.steps[step.ordinal];
  if (name === 'workflow_instance_id') return run.header.instanceId;
  const isReserved = name === 'step_id' || name === 'step_attempt_id' || name === 'step_instance_uuid';
  return isReserved && planStep ? stepField(run.header, planStep, step, name) : undefined;
}

function uuidOf({ runKey }: RunHeader, { ordinal, attempt }: StepState): string {
  return attemptId({ runKey, ordinal, attempt });
}

function own(params: Params | undefined, name: string): ParamValue | undefined {
  return params && Object.hasOwn(params, name) ? params[name]?.evaluatedResult : undefined;
}

function stepField(header: RunHeader, planStep: PlanStep, step: StepState, field: string): ParamValue | undefined {
  switch (field) {
    case 'step_id':
      return planStep.id;
    case 'step_instance_id':
      return BigInt(step.ordinal + 1);
    case 'step_instance_uuid':
      return uuidOf(header, step);
    case 'step_attempt_id':
      return BigInt(step.attempt);
    case 'step_type_info':
      return planStep.type;
    case 'MAESTRO_STEP_ERROR_RETRIES':
      return BigInt(step.retries.USER);
    default:
      return undefined;
  }
}
