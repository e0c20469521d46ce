export const RUN_STRATEGY_RULES = [
  'SEQUENTIAL',
  'STRICT_SEQUENTIAL',
  'FIRST_ONLY',
  'LAST_ONLY',
  'PARALLEL',
  'SERIAL_LATEST_ONLY',
] as const;
export type RunStrategyRule = (typeof RUN_STRATEGY_RULES)[number];

export interface RunStrategy {
  readonly rule: RunStrategyRule;
  /** How many instances may run at once; 1 for every rule but PARALLEL (1..1000). */
  readonly workflowConcurrency: number;
}

export const DEFAULT_RUN_STRATEGY: RunStrategy = { rule: 'SEQUENTIAL', workflowConcurrency: 1 };
/** DEFAULT_PARALLEL_CONCURRENCY applies when PARALLEL is given without a number. */
export const DEFAULT_PARALLEL_CONCURRENCY = 20;
