import { DEFAULT_RUN_STRATEGY, type Properties, type RunStrategy } from '@maestro/domain';

/** effectiveStrategy is the run strategy that holds: the default one where none is set. */
export function effectiveStrategy(properties: Properties): RunStrategy {
  return properties.runStrategy ?? DEFAULT_RUN_STRATEGY;
}
