import { MAX_TIMEOUT_SECS, type Millis, type Params } from '@maestro/domain';
import { evaluateParsableLong, type ParamScope } from '@maestro/params';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { evaluateStepParams, sentence, type Tried } from '../evaluation.js';
import { requestPermits } from '../permits/request-permits.js';
import { evaluateRetryLimits } from '../retry-limits.js';
import type { WorkingStep } from '../working-step.js';
import { workflowParamsScope } from '../workflow-defaults.js';
import { askEvaluation } from './ask-evaluation.js';
import { failForGood } from './settle.js';
import { start } from './start.js';

/**
 * prepare evaluates the params of an attempt. What cannot be evaluated is a user's failure that honours the failure mode; it is not
 * retried, as a further attempt would read the same values.
 */
export function prepare(draft: Draft, step: WorkingStep, at: Millis): void {
  const { runs, type, problem } = draft.planStep(step.ordinal);
  if (problem !== undefined) return failForGood(draft, step, `The step cannot run: ${problem}.`, at);
  if (runs === 'unsupported') return failForGood(draft, step, unsupported(type), at);
  const params = evaluateStepParams(draft, step, at, PRESETS.IN_PLACE);
  if (params.kind === 'exhausted') askEvaluation(draft, step, 'params', at);
  else if (params.kind === 'error') failForGood(draft, step, params.message, at);
  else prepared(draft, step, params.value, at);
}

function unsupported(type: string): string {
  return `Steps of type ${type} cannot run yet: they arrive with a later version. Use another step type, or IGNORE_FAILURE to go on without it.`;
}

/** prepared goes on with the evaluated params of an attempt. */
export function prepared(draft: Draft, step: WorkingStep, params: Params, at: Millis): void {
  step.evaluating = undefined;
  step.dueAt = undefined;
  step.params = params;
  const problem = draft.planStep(step.ordinal).runs === 'noop' ? undefined : setLimits(draft, step);
  if (problem !== undefined) return failForGood(draft, step, problem, at);
  draft.move(step, 'WAITING_FOR_PERMITS', at);
  if (!requestPermits(draft, step)) start(draft, step, at);
}

/** Retry limits and the time-out see workflow params only, so they are the same for all attempts. */
function setLimits(draft: Draft, step: WorkingStep): string | undefined {
  if (step.retryLimits) return undefined;
  const { retryPolicy, id } = draft.planStep(step.ordinal);
  const scope: ParamScope = workflowParamsScope(draft.plan, draft.header);
  const limits = evaluateRetryLimits(retryPolicy, scope);
  if (limits.kind === 'value') step.retryLimits = limits.value;
  const timeout = evaluateTimeout(draft, step.ordinal, scope);
  if (timeout.kind === 'value') step.timeoutMillis = timeout.value;
  const problem = limits.kind === 'error' ? limits : timeout;
  return problem.kind === 'error' ? `step ${id}: ${problem.message}` : undefined;
}

function evaluateTimeout(draft: Draft, ordinal: number, scope: ParamScope): Tried<number | undefined> {
  const { timeout } = draft.planStep(ordinal);
  if (timeout === undefined) return { kind: 'value', value: undefined };
  const outcome = evaluateParsableLong(timeout, scope, 'durationMs', 'timeout');
  if (outcome.kind === 'error') return { kind: 'error', message: sentence('', outcome.violations) };
  const millis = Number(outcome.value);
  if (millis > 0 && millis <= MAX_TIMEOUT_SECS * 1_000) return { kind: 'value', value: millis };
  return {
    kind: 'error',
    message: `timeout ${String(timeout)} is not between 1 ms and ${MAX_TIMEOUT_SECS / 86_400} days`,
  };
}
