import type { Pool } from 'pg';
import type { QueueSweep } from '../../ports/queue-sweep.js';
import { runOne } from './run-one.js';
import { readWaitingQueues } from './workflow-queue.js';

export function postgresQueueSweep(pool: Pool): QueueSweep {
  return { waiting: async () => (await runOne(pool, readWaitingQueues)).map((row) => row.workflow_key) };
}
