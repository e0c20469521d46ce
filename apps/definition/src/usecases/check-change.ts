import type { JsonObject, PropertiesChange } from '@maestro/domain';
import { propertiesToJson, readPropertiesChange } from '@maestro/dsl';

/** changeToJson writes a change as the flat body of the REST API. */
export function changeToJson(change: PropertiesChange): JsonObject {
  const { resetRunStrategyRule, resetWorkflowConcurrency, resetStepConcurrency, ...fields } = change;
  return {
    ...propertiesToJson(fields),
    ...(resetRunStrategyRule === true ? { reset_run_strategy_rule: true } : {}),
    ...(resetWorkflowConcurrency === true ? { reset_workflow_concurrency: true } : {}),
    ...(resetStepConcurrency === true ? { reset_step_concurrency: true } : {}),
  };
}

/** checkChange holds a typed change to the rules of its text form. Throws INVALID_REQUEST with every violation. */
export function checkChange(change: PropertiesChange): PropertiesChange {
  return readPropertiesChange(changeToJson(change));
}
