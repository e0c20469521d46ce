import {
  DEFAULT_PARALLEL_CONCURRENCY,
  RUN_STRATEGY_RULES,
  type RunStrategy,
  type RunStrategyRule,
} from '@maestro/domain';
import type { Codec } from '../reading/codec.js';
import { object, optional } from '../reading/object.js';
import { constant, integer, oneOf } from '../reading/scalars.js';

interface WrittenStrategy {
  readonly rule?: RunStrategyRule;
  readonly workflowConcurrency?: number;
}

const full = object<WrittenStrategy>({
  rule: optional(oneOf(RUN_STRATEGY_RULES)),
  workflowConcurrency: optional(integer),
});

/** Every rule but PARALLEL runs one instance at a time, whatever number is given (the original forces it, too). */
function strategy({ rule = 'PARALLEL', workflowConcurrency }: WrittenStrategy): RunStrategy {
  if (rule !== 'PARALLEL') return { rule, workflowConcurrency: 1 };
  return { rule, workflowConcurrency: workflowConcurrency ?? DEFAULT_PARALLEL_CONCURRENCY };
}

/** runStrategy: `{rule, workflow_concurrency}`, a rule alone, or a number N alone, which is PARALLEL with N. */
export const runStrategy: Codec<RunStrategy> = {
  read(cursor) {
    if (typeof cursor.raw === 'string') {
      const rule = constant(cursor, cursor.raw, RUN_STRATEGY_RULES);
      return rule === undefined ? undefined : strategy({ rule });
    }
    if (typeof cursor.raw === 'bigint') {
      const workflowConcurrency = integer.read(cursor);
      return workflowConcurrency === undefined ? undefined : strategy({ workflowConcurrency });
    }
    const written = full.read(cursor);
    if (written === undefined) return undefined;
    if (Object.keys(written).length === 0 && cursor.at('rule').absent)
      return cursor.fail('needs a rule or a workflow_concurrency');
    return strategy(written);
  },
  write: (value) => full.write(value),
};
