import { MaestroError } from '@maestro/domain';
import { pipeline, transaction, type Statement } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { FeedTeller } from '../../ports/change-feed.js';
import type { Clock } from '../../ports/clock.js';
import type { WorkflowRemoval } from '../../ports/workflow-removal.js';
import { effectiveStrategy } from '../../ports/effective-strategy.js';
import { deleteActivations } from './activation.js';
import { insertChange } from './change.js';
import { notifyGrowth, takeSequence } from './feed.js';
import { deleteSnapshots } from './properties-history.js';
import { deleteTimeline } from './workflow-timeline.js';
import { deleteVersions } from './workflow-version.js';
import { deleteWorkflow, hideWorkflow, lockWorkflow, selectHidden, workflowRecord } from './workflow.js';

/** Rows of one table deleted in one transaction: short enough that nobody waits for it. */
const BATCH = 200;

/** postgresRemoval takes incarnations out of Postgres. */
export function postgresRemoval(options: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly teller: FeedTeller;
}): WorkflowRemoval {
  const { pool, clock, teller } = options;
  return {
    hide: async (workflow, author) => {
      const sequence = await transaction(pool, (client) => hideIn(client, workflow, author, clock.now()));
      if (sequence !== undefined) teller.grew(sequence, workflow.workflowId);
      return sequence !== undefined;
    },
    eraseBatch: (workflowKey) => transaction(pool, (client) => eraseIn(client, workflowKey)),
    hidden: async () => {
      const { rows } = await pool.query<{ workflow_key: bigint }>(selectHidden().text);
      return rows.map((row) => row.workflow_key);
    },
  };
}

type Incarnation = Parameters<WorkflowRemoval['hide']>[0];

async function hideIn(
  client: PoolClient,
  { workflowId, workflowKey }: Incarnation,
  author: string,
  now: number,
): Promise<bigint | undefined> {
  const [{ rows }] = await pipeline(client, [lockWorkflow(workflowId)]);
  const [row] = rows;
  // Another incarnation lives under the id: this one is gone.
  if (row === undefined || row.workflow_key !== workflowKey || row.removing) return undefined;
  const after = workflowRecord(row);
  const runStrategy = effectiveStrategy(after.properties);
  const [taken] = await pipeline(client, [
    takeSequence(),
    hideWorkflow(workflowKey, now),
    insertChange({ kind: 'REMOVED', after, runStrategy, author, now }),
    notifyGrowth(),
  ]);
  const [feed] = taken.rows;
  if (feed === undefined) throw new MaestroError('INTERNAL', 'The row of table feed is missing.');
  return feed.last_sequence;
}

async function eraseIn(client: PoolClient, workflowKey: bigint): Promise<boolean> {
  const deletions: readonly Statement[] = [
    deleteVersions(workflowKey, BATCH),
    deleteActivations(workflowKey, BATCH),
    deleteSnapshots(workflowKey, BATCH),
    deleteTimeline(workflowKey, BATCH),
  ];
  const deleted = await pipeline(client, deletions);
  if (deleted.some(({ rowCount }) => rowCount === BATCH)) return false;
  await pipeline(client, [deleteWorkflow(workflowKey)]);
  return true;
}
