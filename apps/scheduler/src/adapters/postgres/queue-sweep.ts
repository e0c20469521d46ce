import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { QueueSweep } from '../../ports/queue-sweep.js';
import { readWaitingQueues } from './workflow-queue.js';

export function postgresQueueSweep(pool: Pool): QueueSweep {
  return { waiting: async () => (await queryOne(pool, readWaitingQueues)).map((row) => row.workflow_key) };
}
