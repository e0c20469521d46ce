import { create } from '@bufbuild/protobuf';
import { DEFAULT_PARALLEL_CONCURRENCY, type RunStrategy, type RunStrategyRule } from '@maestro/domain';
import {
  type RunStrategy as RunStrategyMessage,
  RunStrategyRule as RunStrategyRuleEnum,
  RunStrategySchema,
} from '@maestro/proto/maestro/types/v1/definition';
import { enumTable } from './enum-table.js';
import { fieldPath } from './invalid.js';

export const RUN_STRATEGY_RULE_TABLE = enumTable<RunStrategyRule, RunStrategyRuleEnum>({
  SEQUENTIAL: RunStrategyRuleEnum.SEQUENTIAL,
  STRICT_SEQUENTIAL: RunStrategyRuleEnum.STRICT_SEQUENTIAL,
  FIRST_ONLY: RunStrategyRuleEnum.FIRST_ONLY,
  LAST_ONLY: RunStrategyRuleEnum.LAST_ONLY,
  PARALLEL: RunStrategyRuleEnum.PARALLEL,
  SERIAL_LATEST_ONLY: RunStrategyRuleEnum.SERIAL_LATEST_ONLY,
});

export function runStrategyToProto(strategy: RunStrategy): RunStrategyMessage {
  return create(RunStrategySchema, {
    rule: RUN_STRATEGY_RULE_TABLE.toProto(strategy.rule),
    workflowConcurrency: strategy.workflowConcurrency,
  });
}

/** runStrategyFromProto: no concurrency means 20 for PARALLEL, else 1; throws INVALID_REQUEST without a rule. */
export function runStrategyFromProto(message: RunStrategyMessage, path = ''): RunStrategy {
  const rule = RUN_STRATEGY_RULE_TABLE.fromProto(message.rule, fieldPath(path, 'rule'));
  const fallback = rule === 'PARALLEL' ? DEFAULT_PARALLEL_CONCURRENCY : 1;
  return { rule, workflowConcurrency: message.workflowConcurrency || fallback };
}
