import {
  MAX_RUN_PARAMS,
  type FieldViolation,
  type Millis,
  type ParamDefinitions,
  type RunKey,
  type RunPolicy,
  type StartRequest,
} from '@maestro/domain';
import { mergeWorkflowParams } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import { evaluateRun, rejected, type Base } from './evaluate-run.js';
import { IN_THREAD, type Evaluations } from './evaluations.js';
import type { Plan } from './plan.js';
import type { ParentRef, RunHeader } from './state.js';

/** RunRequest is a start request with what the scheduler gave it: its place in the world. */
export interface RunRequest {
  readonly runKey: RunKey;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly tenant: string;
  readonly start: StartRequest;
  /** When the request came in; also the time at which its params are evaluated. */
  readonly at: Millis;
  /** Default `START_FRESH_NEW_RUN`. */
  readonly runPolicy?: RunPolicy;
  /** Inherited by children; default `workflow:instance:run`. */
  readonly correlationId?: string;
  /** With a correlation id that is inherited: the limit of its leaf steps, inherited too. */
  readonly instanceStepConcurrency?: number | undefined;
  readonly traceparent?: string;
  /** The subworkflow step that waits for the run. */
  readonly parent?: ParentRef | undefined;
}

/**
 * Creation is the header of a new run in status CREATED, or why there is none. `exhausted`: its params need larger limits; the header
 * is that of a run which waits for them.
 */
export type Creation =
  | { readonly kind: 'created'; readonly header: RunHeader }
  | { readonly kind: 'rejected'; readonly message: string; readonly violations: readonly FieldViolation[] }
  | { readonly kind: 'exhausted'; readonly header: RunHeader };

/** createRun merges and evaluates the params of the workflow and its time-out. Only the shell makes it durable. */
export function createRun(
  plan: Plan,
  request: RunRequest,
  limits: Limits,
  evaluations: Evaluations = IN_THREAD,
): Creation {
  const unknown = checkRequest(plan, request.start);
  if (unknown.length > 0) return rejected(unknown);
  const base = baseHeader(plan, request);
  return evaluateRun(plan, base, () => startParams(plan, request.start), {}, limits, evaluations);
}

function checkRequest(plan: Plan, start: StartRequest): FieldViolation[] {
  const violations: FieldViolation[] = [];
  const given = Object.keys(start.runParams ?? {}).length;
  if (given > MAX_RUN_PARAMS) {
    violations.push({ path: 'run_params', message: `holds ${given} params; at most ${MAX_RUN_PARAMS} are allowed` });
  }
  for (const id of Object.keys(start.stepRunParams ?? {})) {
    if (plan.ordinals.has(id)) continue;
    const message = `names a step that version ${plan.version} of workflow ${plan.workflowId} does not have`;
    violations.push({ path: `step_run_params.${id}`, message });
  }
  return violations;
}

function startParams(plan: Plan, { initiator, runParams = {} }: StartRequest): ParamDefinitions {
  const defaults = plan.settings.defaults.workflow;
  return mergeWorkflowParams({ defaults, definition: plan.params, runParams, launch: { initiator: initiator.type } });
}

/** baseHeader is the header of a new run without what has to be evaluated. */
export function baseHeader(plan: Plan, request: RunRequest): Base {
  const { start, at, runKey, instanceId, runId, tenant } = request;
  return {
    workflowId: plan.workflowId,
    instanceId,
    runId,
    runKey,
    workflowKey: plan.workflowKey,
    version: plan.version,
    ...(plan.templateRevision === undefined ? {} : { templateRevision: plan.templateRevision }),
    tenant,
    requestId: start.requestId,
    correlationId: request.correlationId ?? `${plan.workflowId}:${instanceId}:${runId}`,
    status: 'CREATED',
    initiator: start.initiator,
    runPolicy: request.runPolicy ?? 'START_FRESH_NEW_RUN',
    runtimeTags: start.runtimeTags ?? [],
    runParams: start.runParams ?? {},
    stepRunParams: start.stepRunParams ?? {},
    artifacts: start.artifacts ?? {},
    requestTime: start.requestTime ?? at,
    createTime: at,
    counts: {},
    open: 0,
    ...limitOf(plan, request),
    ...(request.traceparent === undefined ? {} : { traceparent: request.traceparent }),
    ...(request.parent === undefined ? {} : { parent: request.parent }),
  };
}

/** A run below another one has the limit of the root, also where that is none (specification §6.1). */
function limitOf({ workflow }: Plan, request: RunRequest): Pick<RunHeader, 'instanceStepConcurrency'> {
  const own = request.correlationId === undefined ? workflow.instanceStepConcurrency : request.instanceStepConcurrency;
  return own === undefined ? {} : { instanceStepConcurrency: own };
}
