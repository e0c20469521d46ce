import type { Millis, Param, Params, ParamValue } from '@maestro/domain';
import { PRESETS } from '@maestro/sel';
import type { Draft } from '../draft.js';
import { evaluateLoopCondition } from '../evaluation.js';
import { askEvaluation } from '../phases/ask-evaluation.js';
import { failForGood } from '../phases/settle.js';
import { finish } from '../phases/finish.js';
import type { LoopState } from '../state.js';
import type { WorkingStep } from '../working-step.js';
import { scalarType } from './iterations.js';
import type { RecalledIterations } from './recalled-iterations.js';
import { launchIterations } from './launch-iterations.js';

/**
 * beginWhile makes the loop's variables params of the step, where its condition and its iterations see their latest values
 * (specification §5.3). One that restarts goes on where it is told, with the values that they had there.
 */
export function beginWhile(
  draft: Draft,
  step: WorkingStep,
  loop: LoopState,
  resume: RecalledIterations['resume'],
  at: Millis,
): void {
  const initial = step.params?.['loop_params']?.evaluatedResult;
  const variables = typeof initial === 'object' && !Array.isArray(initial) ? Object.entries(initial) : [];
  const wrong = variables.filter(([, value]) => typeof value === 'object').map(([name]) => name);
  if (wrong.length > 0) {
    return failForGood(draft, step, `loop_params.${wrong.join(', loop_params.')} must be a single value`, at);
  }
  const values = { ...Object.fromEntries(variables), ...resume?.values };
  step.loop = { ...loop, next: resume?.index ?? 0 };
  step.params = withVariables(step.params ?? {}, values, at);
  nextIteration(draft, step, at);
}

/** withVariables puts new values of loop variables over those that a step has. */
export function withVariables(params: Params, values: Readonly<Record<string, ParamValue>>, at: Millis): Params {
  const changed = Object.entries(values).map(([name, value]): [string, Param] => {
    const known = Object.hasOwn(params, name) ? params[name]?.definition : undefined;
    const definition = known ?? { type: scalarType(value as bigint), source: 'WHILE' as const };
    return [name, { definition: definition, evaluatedResult: value, evaluatedTime: at }];
  });
  return { ...params, ...Object.fromEntries(changed) };
}

/** nextIteration evaluates the condition, and goes on or ends as it says. */
export function nextIteration(draft: Draft, step: WorkingStep, at: Millis): void {
  const { loop } = step;
  if (!loop) return;
  step.params = withVariables(step.params ?? {}, { loop_index: BigInt(loop.next) }, at);
  const held = evaluateLoopCondition(draft, step, PRESETS.IN_PLACE);
  if (held.kind === 'exhausted') askEvaluation(draft, step, 'loop', at);
  else if (held.kind === 'error') failForGood(draft, step, held.message, at);
  else goOn(draft, step, held.value, at);
}

/** goOn follows the condition of a while that has been evaluated. */
export function goOn(draft: Draft, step: WorkingStep, holds: boolean, at: Millis): void {
  const { iterations } = draft.plan.limits;
  step.evaluating = undefined;
  step.dueAt = undefined;
  step.params = withVariables(step.params ?? {}, { condition: holds }, at);
  if (!holds) finish(draft, step, at, at);
  else if ((step.loop?.next ?? 0) < iterations) launchIterations(draft, step);
  else
    failForGood(draft, step, `its condition still holds after ${iterations} iterations, the most that are allowed`, at);
}
