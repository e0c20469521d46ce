import { arrayLiteral, type ColumnValue, type Statement } from '@maestro/postgres';
import type {
  Advance,
  NewTrigger,
  StoredTrigger,
  TriggerKey,
  WorkflowTriggers,
} from '../../ports/time-trigger-store.js';

/** TimeTriggerRow is a row of `time_trigger`. */
export interface TimeTriggerRow {
  readonly workflow_key: bigint;
  readonly trigger_id: string;
  readonly workflow_id: string;
  readonly shard: number;
  readonly identity: string;
  readonly definition: string;
  readonly generation: bigint;
  readonly watermark: bigint;
  readonly next_fire_at: bigint | null;
  readonly next_nominal: bigint | null;
  readonly paused_at: bigint | null;
  readonly paused_by: string | null;
  readonly reason: string | null;
  readonly fired: bigint;
  readonly skipped: bigint;
  readonly last_nominal: bigint | null;
  readonly last_instance: bigint | null;
}

const COLUMNS = `workflow_key, trigger_id, workflow_id, shard, identity, definition, generation, watermark, next_fire_at,
  next_nominal, paused_at, paused_by, reason, fired, skipped, last_nominal, last_instance`;

export function triggerOf(row: TimeTriggerRow): StoredTrigger {
  const time = (value: bigint | null): number | undefined => (value === null ? undefined : Number(value));
  return {
    workflowKey: row.workflow_key,
    triggerId: row.trigger_id,
    workflowId: row.workflow_id,
    shard: row.shard,
    identity: row.identity,
    definition: row.definition,
    generation: row.generation,
    watermark: Number(row.watermark),
    nextFireAt: time(row.next_fire_at),
    nextNominal: time(row.next_nominal),
    pausedAt: time(row.paused_at),
    pausedBy: row.paused_by ?? undefined,
    reason: row.reason ?? undefined,
    fired: row.fired,
    skipped: row.skipped,
    lastNominal: time(row.last_nominal),
    lastInstance: row.last_instance ?? undefined,
  };
}

export function selectDue(shards: readonly number[], until: number, limit: number): Statement<TimeTriggerRow> {
  return {
    name: 'time-trigger-due',
    text: `select ${COLUMNS} from time_trigger
      where shard = any($1::smallint[]) and next_fire_at <= $2 and paused_at is null order by next_fire_at limit $3`,
    values: [shards, until, limit],
  };
}

export function selectOfWorkflow(workflowId: string): Statement<TimeTriggerRow> {
  return {
    name: 'time-trigger-of-workflow',
    text: `select ${COLUMNS} from time_trigger where workflow_id = $1
      and workflow_key = (select max(workflow_key) from time_trigger where workflow_id = $1) order by trigger_id`,
    values: [workflowId],
  };
}

/** Only over the generation and watermark that were planned with: what two replicas did of one trigger counts once. */
export function updateAdvanced(rows: readonly Advance[]): Statement {
  return {
    name: 'time-trigger-advance',
    text: `update time_trigger t set watermark = u.watermark, next_fire_at = u.next_fire_at, next_nominal = u.next_nominal,
        reason = u.reason, fired = t.fired + u.fired, skipped = t.skipped + u.skipped,
        last_nominal = coalesce(u.last_nominal, t.last_nominal), last_instance = coalesce(u.last_instance, t.last_instance)
      from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::bigint[],
          $10::bigint[], $11::bigint[], $12::bigint[])
        u(workflow_key, trigger_id, generation, planned_from, watermark, next_fire_at, next_nominal, reason, fired, skipped, last_nominal, last_instance)
      where t.workflow_key = u.workflow_key and t.trigger_id = u.trigger_id and t.generation = u.generation
        and t.watermark = u.planned_from`,
    values: [
      ...keysOf(rows),
      list(rows, ({ generation }) => generation),
      list(rows, ({ from }) => from),
      list(rows, ({ watermark }) => watermark),
      list(rows, ({ nextFireAt }) => nextFireAt),
      list(rows, ({ nextNominal }) => nextNominal),
      list(rows, ({ reason }) => reason),
      list(rows, ({ fired }) => fired),
      list(rows, ({ skipped }) => skipped),
      list(rows, ({ lastNominal }) => lastNominal),
      list(rows, ({ lastInstance }) => lastInstance),
    ],
  };
}

export function updatePaused(
  keys: readonly TriggerKey[],
  { at, pausedBy, watermark }: { readonly at: number; readonly pausedBy?: string; readonly watermark?: number },
): Statement {
  return {
    name: 'time-trigger-pause',
    text: `update time_trigger t set generation = t.generation + 1, paused_by = $4,
        paused_at = case when $4::text is null then null else coalesce(t.paused_at, $3) end,
        watermark = greatest(t.watermark, coalesce($5::bigint, t.watermark)),
        next_fire_at = case when $4::text is null then $3 else t.next_fire_at end
      from unnest($1::bigint[], $2::text[]) u(workflow_key, trigger_id)
      where t.workflow_key = u.workflow_key and t.trigger_id = u.trigger_id
        and (t.paused_at is null) = ($4::text is not null)`,
    values: [...keysOf(keys), at, pausedBy ?? null, watermark ?? null],
  };
}

/** Triggers that a workflow has no more go; those that stay keep all but their definition. */
export function deleteOthers(workflows: readonly WorkflowTriggers[]): Statement {
  const kept = workflows.flatMap(({ triggers }) => triggers);
  return {
    name: 'time-trigger-delete-others',
    text: `delete from time_trigger where workflow_key = any($1::bigint[])
      and (workflow_key, trigger_id) not in (select * from unnest($2::bigint[], $3::text[]))`,
    values: [list(workflows, ({ workflowKey }) => workflowKey), ...keysOf(kept)],
  };
}

/** A new one begins now; one that has changed is looked at now. */
export function upsertTriggers(rows: readonly NewTrigger[], at: number): Statement {
  return {
    name: 'time-trigger-upsert',
    text: `insert into time_trigger as t (workflow_key, trigger_id, workflow_id, shard, identity, definition, watermark, next_fire_at)
      select u.workflow_key, u.trigger_id, u.workflow_id, u.shard, u.identity, u.definition::json, $7, $7
      from unnest($1::bigint[], $2::text[], $3::text[], $4::smallint[], $5::text[], $6::text[])
        u(workflow_key, trigger_id, workflow_id, shard, identity, definition)
      on conflict (workflow_key, trigger_id) do update
        set definition = excluded.definition, generation = t.generation + 1, next_fire_at = excluded.next_fire_at
        where t.definition::text <> excluded.definition::text`,
    values: [
      ...keysOf(rows),
      list(rows, ({ workflowId }) => workflowId),
      list(rows, ({ shard }) => shard),
      list(rows, ({ identity }) => identity),
      list(rows, ({ definition }) => definition),
      at,
    ],
  };
}

function keysOf(rows: readonly TriggerKey[]): readonly [string, string] {
  return [list(rows, ({ workflowKey }) => workflowKey), list(rows, ({ triggerId }) => triggerId)];
}

function list<R>(rows: readonly R[], value: (row: R) => ColumnValue | undefined): string {
  return arrayLiteral(rows.map((row) => value(row) ?? null));
}
