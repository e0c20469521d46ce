import type { Millis, ParamDefinitions, Params } from '@maestro/domain';
import { applyOutputs as applyParamOutputs } from '@maestro/params';
import { PRESETS, type Limits } from '@maestro/sel';
import { determinedEnvironment } from './determined.js';
import { sentence } from './evaluation.js';
import type { RunReader } from './run-reader.js';
import type { StepState } from './state.js';
import { stepScope } from './step-scope.js';

/** OutputsApplied: the params of a step with what its execution returned, or why that is not accepted. */
export type OutputsApplied =
  { readonly kind: 'params'; readonly params: Params } | { readonly kind: 'error'; readonly message: string };

/** What validators of outputs may use inside a decision: a few milliseconds at most. */
const LIMITS: Limits = { ...PRESETS.IN_PLACE, fuel: 200_000 };

/**
 * applyOutputs puts the params that an execution returned over the step's own: each must be declared, MUTABLE, of its declared
 * type and accepted by its validator (specification §2.9). Maps are merged key by key, anything else is replaced.
 */
export function applyOutputs(run: RunReader, step: StepState, outputs: ParamDefinitions, at: Millis): OutputsApplied {
  const { params = {} } = step;
  if (Object.keys(outputs).length === 0) return { kind: 'params', params };
  const scope = stepScope(run, step, params, 'outputs');
  const environment = determinedEnvironment(at, `${run.header.runKey}/${step.ordinal}/${step.attempt}/outputs`);
  const { compiler } = run.plan;
  const outcome = applyParamOutputs({ params, outputs, scope, compiler, limits: LIMITS, environment, at });
  if (outcome.kind === 'params') return outcome;
  if (outcome.kind === 'error') return { kind: 'error', message: sentence('output params', outcome.violations) };
  return { kind: 'error', message: 'output params: their validators need more than they may use: simplify them' };
}
