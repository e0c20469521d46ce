import {
  attemptId,
  isCompleteStep,
  isTerminalStep,
  type Initiator,
  type Params,
  type ParamValue,
} from '@maestro/domain';
import type { ParamScope } from '@maestro/params';
import type { Plan, PlanStep } from './plan.js';
import type { RunReader } from './run-reader.js';
import type { RunHeader, StepState } from './state.js';

/** stepScope is what the expressions of a step can see: its own and the workflow's params, and steps that finished before it. */
export function stepScope(run: RunReader, step: StepState, params: Params): ParamScope {
  const planStep = run.plan.steps[step.ordinal];
  return {
    workflowParams: run.header.params,
    ...(planStep ? { stepId: planStep.id } : {}),
    stepParams: params,
    isStep: (id) => run.plan.ordinals.has(id),
    stepParam: (id, name) => upstreamParam(run, step.ordinal, id, name),
    stepField: (field) => (planStep ? stepField(run.header, planStep, step, field) : undefined),
    instanceField: (field) => instanceField(run.header, field),
  };
}

/** workflowScope is what params of the workflow itself can see. */
export function workflowScope(header: RunHeader | Omit<RunHeader, 'params' | 'timeoutMillis'>): ParamScope {
  return { instanceField: (field) => instanceField(header, field) };
}

function upstreamParam(run: RunReader, asking: number, id: string, name: string): ParamValue | undefined {
  const ordinal = run.plan.ordinals.get(id);
  if (ordinal === undefined || !isUpstream(run.plan, ordinal, asking)) return undefined;
  const step = run.step(ordinal);
  if (!step || !isTerminalStep(step.status)) return undefined;
  if (name === 'MAESTRO_STEP_STATUS') return step.status;
  if (name === 'MAESTRO_STEP_END_TIME') return BigInt(step.times.end ?? 0);
  return isCompleteStep(step.status) ? own(step.params, name) : undefined;
}

function own(params: Params | undefined, name: string): ParamValue | undefined {
  return params && Object.hasOwn(params, name) ? params[name]?.evaluatedResult : undefined;
}

/** Walks back from the step that asks: what is not upstream may or may not be finished, and a run must not depend on luck. */
function isUpstream(plan: Plan, wanted: number, from: number): boolean {
  const seen = new Set<number>([from]);
  for (const ordinal of seen) {
    for (const before of plan.steps[ordinal]?.predecessors ?? []) seen.add(before);
  }
  return wanted !== from && seen.has(wanted);
}

function stepField(header: RunHeader, planStep: PlanStep, step: StepState, field: string): ParamValue | undefined {
  switch (field) {
    case 'step_id':
      return planStep.id;
    case 'step_instance_id':
      return BigInt(step.ordinal + 1);
    case 'step_instance_uuid':
      return attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt });
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

type Identity = Pick<RunHeader, 'workflowId' | 'instanceId' | 'runId' | 'initiator' | 'runPolicy'>;

function instanceField(header: Identity, field: string): ParamValue | null | undefined {
  switch (field) {
    case 'workflow_id':
      return header.workflowId;
    case 'workflow_instance_id':
      return header.instanceId;
    case 'workflow_run_id':
      return header.runId;
    case 'RUN_POLICY':
      return header.runPolicy;
    default:
      return initiatorField(header.initiator, field);
  }
}

function initiatorField(initiator: Initiator, field: string): ParamValue | null | undefined {
  switch (field) {
    case 'INITIATOR_TYPE':
      return initiator.type;
    case 'INITIATOR_TIMEZONE':
      return initiator.type === 'TIME' ? (initiator.timezone ?? null) : null;
    case 'INITIATOR_RUNNER_NAME':
      return initiator.type === 'MANUAL' ? (initiator.user?.name ?? null) : null;
    default:
      return undefined;
  }
}
