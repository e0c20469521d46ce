import type { JsonObject, Millis, PropertiesSnapshot, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { type PageAsk, rowsToAsk } from '@maestro/service';
import { objectText, propertiesOfText, propertiesText } from './documents.js';

/** SnapshotRow is a row of `properties_history`. */
export interface SnapshotRow {
  readonly create_time: bigint;
  readonly author: string;
  readonly snapshot: string;
}

export function snapshotOf(workflowId: string, row: SnapshotRow): PropertiesSnapshot {
  const createTime = Number(row.create_time);
  return { ...propertiesOfText(row.snapshot), workflowId, createTime, author: { name: row.author } };
}

export function insertSnapshot(workflowKey: WorkflowKey, snapshot: PropertiesSnapshot, change: JsonObject): Statement {
  const { workflowId: _id, createTime, author, ...settings } = snapshot;
  return {
    name: 'insert-properties-snapshot',
    text: `insert into properties_history (workflow_key, create_time, author, snapshot, change) values ($1, $2, $3, $4, $5)`,
    values: [workflowKey, createTime, author.name, propertiesText(settings), objectText(change)],
  };
}

export function selectSnapshot(
  workflowKey: WorkflowKey,
  time: Millis,
): Statement<SnapshotRow & { readonly workflow_id: string }> {
  return {
    name: 'select-properties-snapshot',
    text: `select w.workflow_id, h.create_time, h.author, h.snapshot
      from properties_history h join workflow w on w.workflow_key = h.workflow_key and not w.removing
      where h.workflow_key = $1 and h.create_time = $2`,
    values: [workflowKey, time],
  };
}

/** deleteSnapshots deletes at most that many snapshots of a workflow. */
export function deleteSnapshots(workflowKey: WorkflowKey, limit: number): Statement {
  return {
    name: 'delete-properties-snapshots',
    text: `delete from properties_history where workflow_key = $1 and create_time in
      (select create_time from properties_history where workflow_key = $1 order by create_time limit $2)`,
    values: [workflowKey, limit],
  };
}

/** selectSnapshots gives the rows of a page, nearest to the cursor first. */
export function selectSnapshots(workflowKey: WorkflowKey, ask: PageAsk): Statement<SnapshotRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-older-properties' : 'select-newer-properties',
    text: `select create_time, author, snapshot from properties_history
      where workflow_key = $1 and ($2::int8 is null or create_time ${comparison} $2)
      order by create_time ${order} limit $3`,
    values: [workflowKey, ask.cursor ?? null, rowsToAsk(ask)],
  };
}

export function countSnapshots(workflowKey: WorkflowKey): Statement<{ readonly total: bigint }> {
  const text = 'select count(*) as total from properties_history where workflow_key = $1';
  return { name: 'count-properties', text, values: [workflowKey] };
}
