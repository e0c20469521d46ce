import { DEFAULT_PARALLEL_CONCURRENCY, type Properties, type PropertiesChange } from '@maestro/domain';

/** mergeOnPush: fields that are set override; run strategy, step concurrency and alerting fall back when absent (spec §1.4). */
export function mergeOnPush(before: Properties, pushed: Properties): Properties {
  const { runStrategy: _rule, stepConcurrency: _steps, alerting: _alerting, ...kept } = before;
  return { ...kept, ...set(pushed) };
}

/** mergeOnUpdate: fields that are set override, reset flags go back to the default. */
export function mergeOnUpdate(before: Properties, change: PropertiesChange): Properties {
  const { resetRunStrategyRule, resetWorkflowConcurrency, resetStepConcurrency, ...fields } = change;
  const merged: Properties = { ...before, ...set(fields) };
  return {
    ...without(merged, resetRunStrategyRule === true, resetStepConcurrency === true),
    ...(resetWorkflowConcurrency === true && resetRunStrategyRule !== true ? defaultConcurrency(merged) : {}),
  };
}

function without(properties: Properties, rule: boolean, steps: boolean): Properties {
  const { runStrategy, stepConcurrency, ...rest } = properties;
  return {
    ...rest,
    ...(rule || runStrategy === undefined ? {} : { runStrategy }),
    ...(steps || stepConcurrency === undefined ? {} : { stepConcurrency }),
  };
}

/** Only PARALLEL has a concurrency to reset. */
function defaultConcurrency({ runStrategy }: Properties): Properties {
  if (runStrategy?.rule !== 'PARALLEL') return {};
  return { runStrategy: { rule: 'PARALLEL', workflowConcurrency: DEFAULT_PARALLEL_CONCURRENCY } };
}

function set(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}
