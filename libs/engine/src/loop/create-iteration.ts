import { MAX_TIMEOUT_SECS, attemptId, type Millis, type Param, type Params, type RunKey } from '@maestro/domain';
import { ancestorsBelow } from '../subworkflow/ancestors.js';
import type { Plan, PlanStep } from '../plan.js';
import { restartOfIteration } from '../restart/restart-iteration.js';
import { inheritedParams } from '../workflow-defaults.js';
import type { RunHeader, StepState } from '../state.js';
import { runIdOf } from './reruns.js';
import { countLoop, iterationValues, scalarType, type LoopParams } from './iterations.js';

/** IterationPlace is what only the shell can give a new iteration. */
export interface IterationPlace {
  readonly runKey: RunKey;
  /** Id of the inline workflow that all iterations of the step belong to. */
  readonly workflowId: string;
  readonly at: Millis;
}

/** createIteration is the run of one iteration of a loop: what it shares with its parent is pointed at, not copied. */
export function createIteration(
  plan: Plan,
  header: RunHeader,
  step: StepState,
  index: number,
  place: IterationPlace,
): RunHeader {
  const planStep = plan.steps[step.ordinal];
  if (!planStep || !step.loop)
    throw new Error(`step ${step.ordinal} of ${header.workflowId} is no loop that has begun`);
  const own = ownParams(planStep, step, index, place.at);
  const { runKey, workflowId, at } = place;
  return {
    workflowId,
    instanceId: BigInt(index + 1),
    runId: BigInt(runIdOf(step, index)),
    runKey,
    workflowKey: header.workflowKey,
    version: header.version,
    ...(header.templateRevision === undefined ? {} : { templateRevision: header.templateRevision }),
    tenant: header.tenant,
    requestId: `${attemptId({ runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt })}-${index}`,
    correlationId: header.correlationId,
    status: 'CREATED',
    initiator: initiatorOf(planStep, header, step),
    runPolicy: 'START_FRESH_NEW_RUN',
    runtimeTags: [...header.runtimeTags, ...planStep.tags],
    runParams: {},
    stepRunParams: {},
    artifacts: {},
    params: { ...sharedParams(plan, header, step), ...own },
    ownParams: own,
    parent: { runKey: header.runKey, ordinal: step.ordinal, attempt: step.attempt, index },
    body: [...(header.body ?? []), planStep.id],
    instanceStepConcurrency: header.instanceStepConcurrency,
    timeoutMillis: MAX_TIMEOUT_SECS * 1_000,
    restart: planStep.body && restartOfIteration(planStep.body, header, planStep, step, index),
    requestTime: at,
    createTime: at,
    counts: {},
    open: 0,
    ...(header.traceparent === undefined ? {} : { traceparent: header.traceparent }),
  };
}

function initiatorOf(planStep: PlanStep, header: RunHeader, step: StepState): RunHeader['initiator'] {
  const ancestors = ancestorsBelow(header, planStep.id, step.attempt);
  return { type: planStep.runs === 'while' ? 'WHILE' : 'FOREACH', ancestors, depth: ancestors.length };
}

/**
 * sharedParams are what all iterations of a loop see besides their own values: the params around it, what its defaults follow from, and
 * the params of the loop step.
 */
export function sharedParams(plan: Plan, header: RunHeader, step: StepState): Params {
  const known = shared.get(step.params ?? NO_PARAMS);
  if (known?.around === header.params) return known.params;
  const { loop_params: _, ...declared } = step.params ?? NO_PARAMS;
  const source = plan.steps[step.ordinal]?.runs === 'while' ? 'WHILE' : 'FOREACH';
  const params = withSource({ ...inheritedParams(plan, header), ...declared }, source);
  shared.set(step.params ?? NO_PARAMS, { around: header.params, params });
  return params;
}

const NO_PARAMS: Params = {};
/** The same for all iterations: made once an attempt of the loop. */
const shared = new WeakMap<Params, { readonly around: Params; readonly params: Params }>();

function withSource(params: Params, source: 'FOREACH' | 'WHILE'): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]): [string, Param] => [
      name,
      { ...param, definition: { ...param.definition, source } },
    ]),
  );
}

function ownParams(planStep: PlanStep, step: StepState, index: number, at: Millis): Params {
  const values = planStep.runs === 'while' ? variablesOf(step) : iterationValues(loopOf(step), index);
  const source = planStep.runs === 'while' ? ('WHILE' as const) : ('FOREACH' as const);
  const own = Object.entries({ ...values, loop_index: BigInt(index) }).map(([name, value]): [string, Param] => [
    name,
    {
      definition: { type: scalarType(value), value, source } as Param['definition'],
      evaluatedResult: value,
      evaluatedTime: at,
    },
  ]);
  return Object.fromEntries(own);
}

function loopOf(step: StepState): LoopParams {
  const counted = counts.get(step.params ?? NO_PARAMS) ?? countLoop(step.params ?? NO_PARAMS, Number.MAX_SAFE_INTEGER);
  if (counted.kind === 'error') throw new Error(counted.message);
  counts.set(step.params ?? NO_PARAMS, counted);
  return counted.params;
}

const counts = new WeakMap<Params, ReturnType<typeof countLoop>>();

/** The latest values of the variables of a while. */
function variablesOf(step: StepState): Readonly<Record<string, string | bigint | number | boolean>> {
  const initial = step.params?.['loop_params']?.evaluatedResult ?? {};
  const names = [...Object.keys(initial), 'condition'];
  return Object.fromEntries(names.map((name) => [name, step.params?.[name]?.evaluatedResult as string]));
}
