import type { Millis, RunStrategy, RunStrategyRule } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { Change, ChangeKind } from '../../ports/change.js';
import type { WorkflowAfter } from '../../ports/workflow-acts.js';
import { timeTriggersOfText } from './documents.js';

/** ChangeRow is a row of `change`. */
export interface ChangeRow {
  readonly sequence: bigint;
  readonly kind: ChangeKind;
  readonly workflow_key: bigint;
  readonly workflow_id: string;
  readonly tenant: string;
  readonly active_version: bigint | null;
  readonly latest_version: bigint;
  readonly run_strategy_rule: RunStrategyRule;
  readonly workflow_concurrency: number;
  readonly author: string;
  readonly change_time: bigint;
  readonly step_concurrency: number | null;
  /** JSON of the active version's time triggers. */
  readonly time_triggers: string | null;
}

export function changeOf(row: ChangeRow): Change {
  return {
    sequence: row.sequence,
    kind: row.kind,
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    tenant: row.tenant,
    ...(row.active_version === null ? {} : { activeVersion: row.active_version }),
    latestVersion: row.latest_version,
    runStrategy: { rule: row.run_strategy_rule, workflowConcurrency: row.workflow_concurrency },
    author: row.author,
    time: Number(row.change_time),
    ...(row.step_concurrency === null ? {} : { stepConcurrency: row.step_concurrency }),
    ...(row.time_triggers === null ? {} : { timeTriggers: timeTriggersOfText(row.time_triggers) }),
  };
}

/** NewChange is a change before it has its number. */
export interface NewChange {
  readonly kind: ChangeKind;
  readonly after: Pick<
    WorkflowAfter,
    'workflowKey' | 'workflowId' | 'tenant' | 'activeVersion' | 'latestVersion' | 'properties'
  >;
  readonly runStrategy: RunStrategy;
  readonly author: string;
  readonly now: Millis;
}

/** insertChange runs after `takeSequence`, whose number it takes. */
export function insertChange({ kind, after, runStrategy, author, now }: NewChange): Statement {
  return {
    name: 'insert-change',
    text: `insert into change (sequence, kind, workflow_key, workflow_id, tenant, active_version, latest_version,
        run_strategy_rule, workflow_concurrency, author, change_time, step_concurrency)
      select last_sequence, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from feed where singleton`,
    values: [
      kind,
      after.workflowKey,
      after.workflowId,
      after.tenant,
      after.activeVersion ?? null,
      after.latestVersion,
      runStrategy.rule,
      runStrategy.workflowConcurrency,
      author,
      now,
      after.properties.stepConcurrency ?? null,
    ],
  };
}

export function selectChanges(after: bigint, limit: number): Statement<ChangeRow> {
  return {
    name: 'select-changes',
    text: `select c.sequence, c.kind, c.workflow_key, c.workflow_id, c.tenant, c.active_version, c.latest_version,
        c.run_strategy_rule, c.workflow_concurrency, c.author, c.change_time, c.step_concurrency,
        case when (w.properties ->> 'time_trigger_disabled')::boolean then null
          else v.definition -> 'workflow' -> 'time_triggers' end as time_triggers
      from change c
      left join workflow w on w.workflow_key = c.workflow_key and not w.removing
      left join workflow_version v
        on v.workflow_key = w.workflow_key and v.version = w.active_version
      where c.sequence > $1 order by c.sequence limit $2`,
    values: [after, limit],
  };
}
