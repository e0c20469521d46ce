import type { ParamValue, ParamValueMap } from '@maestro/domain';
import type { Plan } from '../plan.js';
import type { RunHeader, StepState } from '../state.js';

/**
 * variablesAfter are the values that an iteration of a while hands on: of each loop variable the value that the last step with a param of
 * that name gave it, in the order of the steps (specification §5.3). A variable that no step mentions is left out.
 */
export function variablesAfter(
  plan: Plan,
  header: RunHeader,
  step: (ordinal: number) => StepState | undefined,
): ParamValueMap {
  const names = Object.keys(header.ownParams ?? {}).filter((name) => name !== 'loop_index' && name !== 'condition');
  const values: Record<string, ParamValue> = {};
  for (const { ordinal } of plan.steps) {
    const params = step(ordinal)?.params ?? {};
    for (const name of names) {
      const value = Object.hasOwn(params, name) ? params[name]?.evaluatedResult : undefined;
      if (value !== undefined) values[name] = value;
    }
  }
  return values;
}
