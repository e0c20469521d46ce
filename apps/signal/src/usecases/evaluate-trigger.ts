import type { FieldViolation, Millis, Param, Params, ParamValueMap, SignalParamValue } from '@maestro/domain';
import type { Evaluator } from '@maestro/evaluation';
import type { ParamScope } from '@maestro/params';
import type { Fired, MatchedSignals } from '../ports/triggers.js';

/** TriggerVerdict is what the expressions of a trigger say to the signals that fired it. */
export type TriggerVerdict =
  | { readonly kind: 'start'; readonly params: ParamValueMap; readonly dedup: string | undefined }
  | { readonly kind: 'drop' }
  | { readonly kind: 'error'; readonly message: string };

/** The name of the STRING that `dedup_expr` gives. */
const DEDUP = 'dedup_expr';

/**
 * evaluateTrigger evaluates a trigger's params, then its condition, then its de-duplication expression. All of them see what the signals
 * carried: by name, and by `signal__name` or getFromSignal where names meet (the original evaluates them in an empty scope).
 */
export async function evaluateTrigger(evaluator: Evaluator, fired: Fired, at: Millis): Promise<TriggerVerdict> {
  const { trigger, signals, workflowId: owner, matchId: seed } = fired;
  const asked = { at, seed, owner };
  const params = await evaluator.params({
    ...asked,
    definitions: trigger.params ?? {},
    scope: scopeOf(signals, {}, at),
  });
  if (params.kind === 'error') return failed('params', params.violations);
  const scope = scopeOf(signals, params.params, at);
  if (trigger.condition !== undefined) {
    const [held] = await evaluator.conditions({
      ...asked,
      scope,
      conditions: [{ text: trigger.condition, path: 'condition' }],
    });
    if (held?.kind === 'error') return failed('', held.violations);
    if (held?.value !== true) return { kind: 'drop' };
  }
  const values = valuesOf(params.params);
  if (trigger.dedupExpr === undefined) return { kind: 'start', params: values, dedup: undefined };
  const definitions = { [DEDUP]: { type: 'STRING' as const, expression: trigger.dedupExpr } };
  const chosen = await evaluator.params({ ...asked, definitions, scope });
  if (chosen.kind === 'error') return failed('', chosen.violations);
  const dedup = chosen.params[DEDUP]?.evaluatedResult;
  return { kind: 'start', params: values, dedup: typeof dedup === 'string' ? dedup : undefined };
}

function failed(prefix: string, violations: readonly FieldViolation[]): TriggerVerdict {
  const parts = violations.map(({ path, message }) => `${prefix === '' ? path : `${prefix}.${path}`} ${message}`);
  return { kind: 'error', message: parts.join('; ') };
}

/** Params of the trigger stand before those of its signals; of two signals with the same param, the first by name is seen. */
function scopeOf(signals: MatchedSignals, own: Params, at: Millis): ParamScope {
  const carried: Record<string, Param> = {};
  for (const [, { params }] of Object.entries(signals).sort(([left], [right]) => (left < right ? -1 : 1)))
    for (const [name, value] of Object.entries(params))
      if (!Object.hasOwn(carried, name)) carried[name] = paramOf(value, at);
  return {
    workflowParams: { ...carried, ...own },
    functions: {
      signalParam: (signal, name) => (Object.hasOwn(signals, signal) ? signals[signal]?.params[name] : undefined),
      triggerParam: (name) => (Object.hasOwn(own, name) ? own[name]?.evaluatedResult : undefined),
    },
  };
}

function paramOf(value: SignalParamValue, at: Millis): Param {
  const definition =
    typeof value === 'bigint' ? ({ type: 'LONG', value } as const) : ({ type: 'STRING', value } as const);
  return { definition, evaluatedResult: value, evaluatedTime: at };
}

function valuesOf(params: Params): ParamValueMap {
  const entries = Object.entries(params).flatMap(([name, { evaluatedResult: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(entries);
}
