import {
  DEFAULT_TIMEOUT_SECS,
  MAX_RUN_PARAMS,
  MAX_TIMEOUT_SECS,
  MaestroError,
  type FieldViolation,
  type Millis,
  type ParamDefinitions,
  type Params,
  type RunKey,
  type RunPolicy,
  type StartRequest,
} from '@maestro/domain';
import { evaluateParsableLong, mergeWorkflowParams } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import { determinedEnvironment } from './determined.js';
import { sentence } from './evaluation.js';
import { IN_THREAD, type Evaluations } from './evaluations.js';
import type { Plan } from './plan.js';
import type { ParentRef, RunHeader } from './state.js';
import { workflowScope } from './workflow-scope.js';
import { workflowParamsScope } from './workflow-defaults.js';

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

type Rejected = Extract<Creation, { kind: 'rejected' }>;
type Base = Omit<RunHeader, 'params' | 'timeoutMillis'>;

/** createRun merges and evaluates the params of the workflow and its time-out. Only the shell makes it durable. */
export function createRun(
  plan: Plan,
  request: RunRequest,
  limits: Limits,
  evaluations: Evaluations = IN_THREAD,
): Creation {
  const unknown = checkRequest(plan, request.start);
  if (unknown.length > 0) return rejected(unknown);
  const merged = mergedParams(plan, request.start);
  if ('kind' in merged) return merged;
  const base = baseHeader(plan, request);
  const outcome = evaluations.params({
    definitions: merged.definitions,
    defaults: plan.settings.defaults.workflow,
    scope: workflowScope(plan, base),
    compiler: plan.compiler,
    limits,
    at: request.at,
    environment: determinedEnvironment(request.at, `${base.runKey}/params`),
  });
  if (outcome.kind === 'exhausted') {
    return { kind: 'exhausted', header: { ...base, params: {}, timeoutMillis: 0, evaluation: {} } };
  }
  if (outcome.kind === 'error') return rejected(outcome.violations.map(underParams));
  const timeout = evaluateTimeout(plan, { ...base, params: outcome.params });
  if (typeof timeout !== 'number') return timeout;
  return { kind: 'created', header: { ...base, params: outcome.params, timeoutMillis: timeout } };
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

function mergedParams(plan: Plan, start: StartRequest): Rejected | { readonly definitions: ParamDefinitions } {
  const { initiator, runParams = {} } = start;
  const launch = { initiator: initiator.type };
  try {
    const defaults = plan.settings.defaults.workflow;
    return { definitions: mergeWorkflowParams({ defaults, definition: plan.params, runParams, launch }) };
  } catch (error) {
    if (error instanceof MaestroError) return rejected(error.violations);
    throw error;
  }
}

function baseHeader(plan: Plan, request: RunRequest): Base {
  const { start, at, runKey, instanceId, runId, tenant } = request;
  return {
    workflowId: plan.workflowId,
    instanceId,
    runId,
    runKey,
    workflowKey: plan.workflowKey,
    version: plan.version,
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
    ...(request.traceparent === undefined ? {} : { traceparent: request.traceparent }),
    ...(request.parent === undefined ? {} : { parent: request.parent }),
  };
}

function evaluateTimeout(plan: Plan, run: Base & { readonly params: Params }): number | Rejected {
  if (plan.timeout === undefined) return DEFAULT_TIMEOUT_SECS * 1_000;
  const outcome = evaluateParsableLong(plan.timeout, workflowParamsScope(plan, run), 'durationMs', 'timeout');
  if (outcome.kind === 'error') return rejected(outcome.violations);
  const millis = Number(outcome.value);
  if (millis > 0 && millis <= MAX_TIMEOUT_SECS * 1_000) return millis;
  const message = `is ${millis} ms; it has to be more than 0 and at most ${MAX_TIMEOUT_SECS / 86_400} days`;
  return rejected([{ path: 'timeout', message }]);
}

function underParams(violation: FieldViolation): FieldViolation {
  return { ...violation, path: `params.${violation.path}` };
}

function rejected(violations: readonly FieldViolation[]): Rejected {
  return { kind: 'rejected', message: sentence('', violations), violations };
}
