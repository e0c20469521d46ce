import {
  DEFAULT_TIMEOUT_SECS,
  MAX_TIMEOUT_SECS,
  MaestroError,
  type FieldViolation,
  type ParamDefinitions,
  type Params,
} from '@maestro/domain';
import { evaluateParsableLong } from '@maestro/params';
import type { Limits } from '@maestro/sel';
import type { Creation } from './create-run.js';
import { determinedEnvironment } from './determined.js';
import { sentence } from './evaluation.js';
import type { Evaluations } from './evaluations.js';
import type { Plan } from './plan.js';
import type { RunHeader } from './state.js';
import { workflowParamsScope } from './workflow-defaults.js';
import { workflowScope } from './workflow-scope.js';

/** Base is the header of a run whose params and time-out are not evaluated yet. */
export type Base = Omit<RunHeader, 'params' | 'timeoutMillis'>;
type Rejected = Extract<Creation, { kind: 'rejected' }>;

/**
 * evaluateRun evaluates the params that a new run has, and its time-out. `held` are the params of a run that has to wait for more means:
 * what it needs to be evaluated then.
 */
export function evaluateRun(
  plan: Plan,
  base: Base,
  merge: () => ParamDefinitions,
  held: Params,
  limits: Limits,
  evaluations: Evaluations,
): Creation {
  const merged = tried(merge);
  if ('kind' in merged) return merged;
  const outcome = evaluations.params({
    definitions: merged.definitions,
    defaults: plan.settings.defaults.workflow,
    scope: workflowScope(plan, base),
    compiler: plan.compiler,
    limits,
    at: base.createTime,
    environment: determinedEnvironment(base.createTime, `${base.runKey}/params`),
  });
  if (outcome.kind === 'exhausted') {
    return { kind: 'exhausted', header: { ...base, params: held, timeoutMillis: 0, evaluation: {} } };
  }
  if (outcome.kind === 'error') return rejected(outcome.violations.map(underParams));
  const timeout = evaluateTimeout(plan, { ...base, params: outcome.params });
  if (typeof timeout !== 'number') return timeout;
  return { kind: 'created', header: { ...base, params: outcome.params, timeoutMillis: timeout } };
}

function tried(merge: () => ParamDefinitions): Rejected | { readonly definitions: ParamDefinitions } {
  try {
    return { definitions: merge() };
  } catch (error) {
    if (error instanceof MaestroError) return rejected(error.violations);
    throw error;
  }
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

/** The position is one in the expression, not in a text that was sent. */
function underParams({ line, column = 1, ...violation }: FieldViolation): FieldViolation {
  const within = line === undefined ? {} : { within: { line, column } };
  return { ...violation, ...within, path: `params.${violation.path}` };
}

/** rejected is the answer to a request that cannot become a run. */
export function rejected(violations: readonly FieldViolation[]): Rejected {
  return { kind: 'rejected', message: sentence('', violations), violations };
}
