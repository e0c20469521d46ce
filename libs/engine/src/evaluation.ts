import { MaestroError, type FieldViolation, type Millis, type ParamDefinitions, type Params } from '@maestro/domain';
import { cleanParams, mergeStepParams, type StepLayers } from '@maestro/params';
import type { Environment, Limits } from '@maestro/sel';
import { determinedEnvironment } from './determined.js';
import { IN_THREAD } from './evaluations.js';
import type { PlanStep } from './plan.js';
import type { RunReader } from './run-reader.js';
import type { RunHeader, StepState } from './state.js';
import { stepScope } from './step-scope.js';
import { templateLayer } from './step-templates.js';

/** Tried is an evaluation within limits: `exhausted` says nothing but that more is needed, `error` is the user's to mend. */
export type Tried<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'error'; readonly message: string };

/** Choice is what became of the conditions of a step; one that fails counts as false. */
export interface Choice {
  readonly taken: readonly number[];
  readonly failures: readonly string[];
}

const NO_PARAMS: Params = {};

/** evaluateStepParams merges and evaluates the params of an attempt. */
export function evaluateStepParams(run: RunReader, step: StepState, at: Millis, limits: Limits): Tried<Params> {
  const planStep = run.plan.steps[step.ordinal];
  const given = planStep && givenParams(planStep, run.header, step);
  if (!planStep || (given === undefined && !planStep.templates && Object.keys(planStep.params).length === 0))
    return { kind: 'value', value: NO_PARAMS };
  const merged = mergedParams(planStep, run.header, given);
  if (merged.kind !== 'value') return merged;
  const scope = stepScope(run, step, NO_PARAMS);
  const environment = determinedEnvironment(at, `${run.header.runKey}/${step.ordinal}/${step.attempt}/params`);
  const { compiler } = run.plan;
  const outcome = (run.evaluations ?? IN_THREAD).params({
    definitions: merged.value,
    scope,
    compiler,
    limits,
    at,
    environment,
  });
  if (outcome.kind === 'values') return { kind: 'value', value: outcome.params };
  return outcome.kind === 'exhausted'
    ? { kind: 'exhausted' }
    : { kind: 'error', message: sentence(`params of step ${planStep.id}`, outcome.violations) };
}

/** GivenParams are what a run brings for one step. */
type GivenParams = Pick<StepLayers, 'runParams' | 'restartParams'>;

/** Params of the start, and over them those of restarts: of the run, then of the very attempt. */
function givenParams(
  { id }: PlanStep,
  { stepRunParams, restart }: RunHeader,
  step: StepState,
): GivenParams | undefined {
  const runParams = Object.hasOwn(stepRunParams, id) ? stepRunParams[id] : undefined;
  const stepParams = restart?.stepParams;
  const ofRun = stepParams && Object.hasOwn(stepParams, id) ? stepParams[id] : undefined;
  const restartParams = step.restart ? { ...ofRun, ...step.restart.params } : ofRun;
  if (runParams === undefined && restartParams === undefined) return undefined;
  return { ...(runParams ? { runParams } : {}), ...(restartParams ? { restartParams } : {}) };
}

/** A plan is shared by all runs of a version, and most runs give no params to single steps: these are cleaned once. */
const cleaned = new WeakMap<PlanStep, Tried<ParamDefinitions>>();

function mergedParams(planStep: PlanStep, header: RunHeader, given: GivenParams | undefined): Tried<ParamDefinitions> {
  const launch = { initiator: header.initiator.type };
  if (planStep.templates) {
    return tried(planStep, () => {
      const template = templateLayer(planStep, header.params) ?? {};
      return mergeStepParams({ ...planStep.layers, template, ...given, launch });
    });
  }
  if (given) return tried(planStep, () => mergeStepParams({ ...planStep.layers, ...given, launch }));
  const known = cleaned.get(planStep) ?? tried(planStep, () => cleanParams(planStep.params));
  cleaned.set(planStep, known);
  return known;
}

function tried(planStep: PlanStep, merged: () => ParamDefinitions): Tried<ParamDefinitions> {
  try {
    return { kind: 'value', value: merged() };
  } catch (error) {
    if (error instanceof MaestroError) return { kind: 'error', message: `step ${planStep.id}: ${error.message}` };
    throw error;
  }
}

/** chooseSuccessors evaluates the conditions of a step that is about to complete. */
export function chooseSuccessors(run: RunReader, step: StepState, limits: Limits): Tried<Choice> {
  const edges = run.plan.steps[step.ordinal]?.successors ?? [];
  const taken: number[] = [];
  const failures: string[] = [];
  for (const edge of edges) {
    const held = edge.condition === 'true' ? HELD : condition(run, step, edge.to, edge.condition, limits);
    if (held.kind === 'exhausted') return held;
    if (held.kind === 'error') failures.push(held.message);
    else if (held.value) taken.push(edge.to);
  }
  return { kind: 'value', value: { taken, failures } };
}

const HELD: Tried<boolean> = { kind: 'value', value: true };

function condition(run: RunReader, step: StepState, to: number, text: string, limits: Limits): Tried<boolean> {
  const [from, successor] = [run.plan.steps[step.ordinal], run.plan.steps[to]];
  const path = `condition of the transition from ${from?.id} to ${successor?.id}`;
  const scope = stepScope(run, step, step.params ?? NO_PARAMS, path);
  const environment = conditionEnvironment(run, step, path);
  const outcome = (run.evaluations ?? IN_THREAD).condition(text, scope, {
    compiler: run.plan.compiler,
    limits,
    path,
    environment,
  });
  if (outcome.kind !== 'error') return outcome;
  return { kind: 'error', message: sentence('', outcome.violations) };
}

/** The time of a condition is that at which its step came to where it is: asked again, it answers the same. */
function conditionEnvironment(
  { header }: RunReader,
  { ordinal, attempt, times }: StepState,
  path: string,
): Environment {
  const reached = Object.values(times) as readonly (Millis | undefined)[];
  const now = Math.max(header.createTime, ...reached.map((time) => time ?? 0));
  return determinedEnvironment(now, `${header.runKey}/${ordinal}/${attempt}/${path}`);
}

/** evaluateLoopCondition evaluates the condition of a while, which sees the latest values of the loop's variables. */
export function evaluateLoopCondition(run: RunReader, step: StepState, limits: Limits): Tried<boolean> {
  const planStep = run.plan.steps[step.ordinal];
  const scope = stepScope(run, step, step.params ?? NO_PARAMS);
  const path = `condition of ${planStep?.id}`;
  const environment = conditionEnvironment(run, step, `${path}/${step.loop?.next ?? 0}`);
  const outcome = (run.evaluations ?? IN_THREAD).condition(planStep?.condition ?? 'false', scope, {
    compiler: run.plan.compiler,
    limits,
    path,
    environment,
  });
  return outcome.kind === 'error' ? { kind: 'error', message: sentence('', outcome.violations) } : outcome;
}

/** sentence puts violations into one message: which params, what is wrong with each, and where in its text. */
export function sentence(prefix: string, violations: readonly FieldViolation[]): string {
  const parts = violations.map((each) => `${each.path} ${each.message}${placeOf(each)}`).join('; ');
  return prefix === '' ? parts : `${prefix}: ${parts}`;
}

function placeOf({ line, column = 1, within }: FieldViolation): string {
  const place = within ?? (line === undefined ? undefined : { line, column });
  return place === undefined ? '' : ` (line ${place.line}, column ${place.column})`;
}
