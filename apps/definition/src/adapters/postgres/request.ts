import type { Statement } from '@maestro/postgres';
import type { Act, Receipt } from '../../ports/workflow-acts.js';

/** RequestRow is a row of `request`. */
export interface RequestRow {
  readonly body_hash: string;
  readonly workflow_key: bigint;
  readonly workflow_id: string;
  readonly version: bigint | null;
  readonly author: string;
  readonly act_time: bigint;
}

export function receiptOf(row: RequestRow): Receipt {
  return {
    workflowKey: row.workflow_key,
    workflowId: row.workflow_id,
    ...(row.version === null ? {} : { version: row.version }),
    author: row.author,
    time: Number(row.act_time),
  };
}

export function selectRequest({ kind, requestId }: Act): Statement<RequestRow> {
  return {
    name: 'select-request',
    text: `select body_hash, workflow_key, workflow_id, version, author, act_time
      from request where act = $1 and request_id = $2`,
    values: [kind, requestId],
  };
}

/** insertRequest fails with a unique violation when the same request id is being committed by another. */
export function insertRequest(act: Act, receipt: Receipt): Statement {
  const { kind, requestId, bodyHash } = act;
  const { workflowKey, workflowId, version, author, time } = receipt;
  return {
    name: 'insert-request',
    text: `insert into request (act, request_id, body_hash, workflow_key, workflow_id, version, author, act_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [kind, requestId, bodyHash, workflowKey, workflowId, version ?? null, author, time],
  };
}
