import type { Millis, ParamValue, ParamValueMap } from '@maestro/domain';
import type { Plan, RunHeader, StepState } from '@maestro/engine';
import { encodeExactJson, encodeParamValues } from '@maestro/wire';
import { MessageWriter } from './message-writer.js';
import { planNames, workflowIdOf } from './plan-names.js';

/**
 * FAST_START_MILLIS after its dispatch a delivery may no longer start without a claim. With the second after which an
 * executor claims what still runs it stays below the engine's CERTAIN_AFTER_MILLIS.
 */
export const FAST_START_MILLIS = 2_000;

const NO_PARAMS = Buffer.from('{}');

/** encodeTask is the executor's Task for one dispatch of an attempt. */
export function encodeTask(plan: Plan, header: RunHeader, step: StepState, at: Millis): Uint8Array {
  const { steps } = planNames(plan);
  const names = steps[step.ordinal];
  if (names === undefined) throw new Error(`workflow ${plan.workflowId} has no step #${String(step.ordinal)}`);
  const writer = new MessageWriter()
    .long(1, header.runKey)
    .int(2, step.ordinal)
    .int(3, step.attempt)
    .int(4, step.dispatch)
    .bytes(5, names.type)
    .bytes(6, workflowIdOf(plan, header))
    .long(7, header.instanceId)
    .long(8, header.runId)
    .bytes(9, names.id)
    .text(10, header.tenant)
    .bytes(11, paramsOf(step))
    .long(12, step.timeoutMillis ?? 0)
    .long(13, at)
    .long(14, FAST_START_MILLIS)
    .text(15, header.traceparent ?? '');
  if (step.artifacts !== undefined) writer.bytes(16, encodeExactJson(step.artifacts));
  return writer.finish();
}

function paramsOf({ params }: StepState): Uint8Array {
  if (params === undefined) return NO_PARAMS;
  const values: Record<string, ParamValue> = {};
  for (const [name, { evaluatedResult }] of Object.entries(params)) {
    if (evaluatedResult !== undefined) values[name] = evaluatedResult;
  }
  return encodeParamValues(values satisfies ParamValueMap);
}
