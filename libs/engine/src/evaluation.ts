import { MaestroError, type FieldViolation, type Millis, type ParamDefinitions, type Params } from '@maestro/domain';
import { cleanParams, evaluateCondition, evaluateParams, mergeParams } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import type { PlanStep } from './plan.js';
import type { RunReader } from './run-reader.js';
import type { RunHeader, StepState } from './state.js';
import { stepScope } from './step-scope.js';

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
  if (!planStep || hasNoParams(planStep, run.header)) return { kind: 'value', value: NO_PARAMS };
  const merged = mergedParams(planStep, run.header);
  if (merged.kind !== 'value') return merged;
  const scope = stepScope(run, step, NO_PARAMS);
  const outcome = evaluateParams({ definitions: merged.value, scope, compiler: run.plan.compiler, limits, at });
  if (outcome.kind === 'values') return { kind: 'value', value: outcome.params };
  return outcome.kind === 'exhausted'
    ? { kind: 'exhausted' }
    : { kind: 'error', message: sentence(`params of step ${planStep.id}`, outcome.violations) };
}

function hasNoParams(planStep: PlanStep, header: RunHeader): boolean {
  if (Object.hasOwn(header.stepRunParams, planStep.id)) return false;
  return Object.keys(planStep.params).length === 0;
}

/** A plan is shared by all runs of a version, and most runs give no params to single steps: these are cleaned once. */
const cleaned = new WeakMap<PlanStep, Tried<ParamDefinitions>>();

function mergedParams(planStep: PlanStep, header: RunHeader): Tried<ParamDefinitions> {
  const incoming = Object.hasOwn(header.stepRunParams, planStep.id) ? header.stepRunParams[planStep.id] : undefined;
  if (incoming) return clean(planStep, () => mergeParams(planStep.params, incoming, mergeContext(header)));
  const known = cleaned.get(planStep) ?? clean(planStep, () => planStep.params);
  cleaned.set(planStep, known);
  return known;
}

function clean(planStep: PlanStep, merged: () => ParamDefinitions): Tried<ParamDefinitions> {
  try {
    return { kind: 'value', value: cleanParams(merged()) };
  } catch (error) {
    if (error instanceof MaestroError) return { kind: 'error', message: `step ${planStep.id}: ${error.message}` };
    throw error;
  }
}

function mergeContext(header: RunHeader): { readonly source: ReturnType<typeof launchSource> } {
  return { source: launchSource(header.initiator) };
}

/** launchSource is the source that params of a start request carry. */
export function launchSource(
  initiator: RunHeader['initiator'],
): 'LAUNCH' | 'SUBWORKFLOW' | 'FOREACH' | 'WHILE' | 'TEMPLATE' {
  const { type } = initiator;
  return type === 'MANUAL' || type === 'TIME' || type === 'SIGNAL' ? 'LAUNCH' : type;
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
  const scope = stepScope(run, step, step.params ?? NO_PARAMS);
  const outcome = evaluateCondition(text, scope, { compiler: run.plan.compiler, limits, path });
  if (outcome.kind !== 'error') return outcome;
  return { kind: 'error', message: sentence('', outcome.violations) };
}

/** sentence puts violations into one message: which params, and what is wrong with each. */
export function sentence(prefix: string, violations: readonly FieldViolation[]): string {
  const parts = violations.map(({ path, message }) => `${path} ${message}`).join('; ');
  return prefix === '' ? parts : `${prefix}: ${parts}`;
}
