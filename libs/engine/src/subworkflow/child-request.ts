import { attemptId, type RestartConfig, type StartRequest } from '@maestro/domain';
import { paramsToDefinitions } from '@maestro/params';
import type { Plan, PlanStep } from '../plan.js';
import { childBefore, restartBelow } from '../restart/restart-below.js';
import type { RunHeader, StepState } from '../state.js';
import { inheritedParams } from '../workflow-defaults.js';
import { ancestorsBelow } from './ancestors.js';

/** ChildRequest is the start of the run of a subworkflow step. The same attempt always asks under the same request id. */
export interface ChildRequest {
  readonly workflowId: string;
  /** A number, `active`, `latest` or `default`. */
  readonly version: string;
  readonly start: StartRequest;
  readonly correlationId: string;
  /** The run that an earlier attempt started is restarted; another target of the step starts afresh. */
  readonly restart?: { readonly instanceId: bigint; readonly config: RestartConfig } | undefined;
  readonly instanceStepConcurrency: number | undefined;
}

const PARAMS_OF_THE_STEP = ['subworkflow_id', 'subworkflow_version'];

/** childRequest is what a subworkflow step that has begun starts: its params over those of the workflow (specification §5.4). */
export function childRequest(plan: Plan, header: RunHeader, step: StepState): ChildRequest {
  const planStep = plan.steps[step.ordinal];
  const text = (name: string, otherwise: string): string => {
    const value = step.params?.[name]?.evaluatedResult;
    return typeof value === 'string' ? value : otherwise;
  };
  const inherited = planStep?.explicitParams === true ? {} : inheritedParams(plan, header);
  const declared = Object.entries(step.params ?? {}).filter(([name]) => !PARAMS_OF_THE_STEP.includes(name));
  const ancestors = ancestorsBelow(header, planStep?.id ?? '', step.attempt, planStep?.sync !== false);
  const workflowId = text('subworkflow_id', planStep?.id ?? '');
  return {
    workflowId,
    restart: planStep && restartOf(header, planStep, step, workflowId),
    version: text('subworkflow_version', 'active'),
    correlationId: header.correlationId,
    instanceStepConcurrency: header.instanceStepConcurrency,
    start: {
      initiator: { type: 'SUBWORKFLOW', ancestors, depth: ancestors.length },
      requestId: attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt }),
      runtimeTags: [{ name: 'maestro_subworkflow' }],
      runParams: paramsToDefinitions({ ...inherited, ...Object.fromEntries(declared) }),
    },
  };
}

function restartOf(
  header: RunHeader,
  planStep: PlanStep,
  step: StepState,
  workflowId: string,
): ChildRequest['restart'] {
  const [before, config] = [childBefore(header, step), restartBelow(header, planStep, step)];
  if (before?.workflowId !== workflowId || config === undefined) return undefined;
  return { instanceId: BigInt(before.instanceId), config };
}
