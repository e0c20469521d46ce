import { attemptId, type StartRequest } from '@maestro/domain';
import { paramsToDefinitions } from '@maestro/params';
import type { Plan } from '../plan.js';
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
  return {
    workflowId: text('subworkflow_id', planStep?.id ?? ''),
    version: text('subworkflow_version', 'active'),
    correlationId: header.correlationId,
    start: {
      initiator: { type: 'SUBWORKFLOW', ancestors, depth: ancestors.length },
      requestId: attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt }),
      runtimeTags: [{ name: 'maestro_subworkflow' }],
      runParams: paramsToDefinitions({ ...inherited, ...Object.fromEntries(declared) }),
    },
  };
}
