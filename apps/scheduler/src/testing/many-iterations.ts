import { createHash } from 'node:crypto';
import { makeRunKey } from '@maestro/domain';
import type { Pool } from 'pg';
import { NOW, originOf } from './stored-runs.js';

/** Iterations are loops' own rows: this writes them as the engine would, in bulk. */
export interface ManyIterations {
  readonly workflowId: string;
  /** How many, from which number on. */
  readonly count: number;
  readonly from?: number;
  readonly runId?: number;
  readonly status?: string;
  /** SQL for the status of the step, `n` being the number. */
  readonly stepStatus?: string;
  readonly ancestors?: readonly string[];
}

let written = 0;

/** inlineId is the id that iterations of an inner loop have, below an iteration of an outer one. */
export function inlineId(prefix: string, stepId: string, instanceId: number, workflowId: string): string {
  return (
    prefix +
    createHash('md5')
      .update(JSON.stringify([stepId, String(instanceId), workflowId]))
      .digest('hex')
  );
}

/** writeIterations stores iterations with one step each, whose loop param `n` is the number of the iteration. */
export async function writeIterations(pool: Pool, many: ManyIterations): Promise<void> {
  const { workflowId, count, from = 1, runId = 1, status = 'SUCCEEDED', stepStatus = `'SUCCEEDED'` } = many;
  const first = makeRunKey({ retentionClass: 0, at: NOW, shard: 0, sequence: 0 }) + BigInt(written);
  written += count;
  const ancestor = { workflowId: 'w', instanceId: 1n, runId: 1n, stepId: 'loop', stepAttemptId: 1 };
  const initiator = { type: 'FOREACH' as const, ancestors: [ancestor], depth: 1 };
  const origin = Buffer.from(originOf(workflowId, { initiator, requestId: 'r' }));
  await pool.query(
    `insert into run (run_key, ver, engine_level, workflow_key, workflow_id, version, instance_id, run_id, tenant, status, admitted,
       create_time, start_time, end_time, modify_time, progress, origin, run_policy, correlation_id, params, parent_run_key, parent_ordinal,
       parent_attempt, body)
     select $1::bigint + n, 1, 1, 1, $2, 1, n, $3, 'default', $4, true, $5, $5, case when $4 = 'IN_PROGRESS' then null else $5::bigint end, $5,
       '{"counts": {"SUCCEEDED": 1}, "open": 0, "timeoutMillis": 1}', $6, 'START_FRESH_NEW_RUN', 'c',
       json_build_object('n', json_build_object('definition', json_build_object('type', 'LONG', 'value', n), 'evaluatedResult', n,
         'evaluatedTime', 1)), 1, 0, 1, '["loop"]'
     from generate_series($7::bigint, $8::bigint) n`,
    [first - BigInt(from), workflowId, runId, status, NOW, origin, from, from + count - 1],
  );
  await pool.query(
    `insert into step (run_key, ordinal, attempt, status, dispatch, times)
     select $1::bigint + n, 0, 1, ${stepStatus}, 0, array[$2::bigint, null, null, null, null, null, $2, $2, $2, $2]
     from generate_series($3::bigint, $4::bigint) n`,
    [first - BigInt(from), NOW, from, from + count - 1],
  );
}
