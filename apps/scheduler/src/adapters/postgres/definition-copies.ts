import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { DefinitionCopies } from '../../ports/definition-copies.js';
import { insertDefinitionCopy, readDefinitionCopy, readNewestRevision } from './definition-copy.js';
import { queueRowOf, readQueueById } from './workflow-queue.js';

/** postgresCopies keeps the copies in this service's own schema. */
export function postgresCopies(pool: Pool): DefinitionCopies {
  return {
    read: async (key) => (await queryOne(pool, readDefinitionCopy(key)))[0]?.definition,
    write: async (key, definition) => {
      await queryOne(pool, insertDefinitionCopy(key, definition));
    },
    newestRevision: async (workflowKey, version) => {
      const [row] = await queryOne(pool, readNewestRevision(workflowKey, version));
      return row?.revision ? Number(row.revision) : undefined;
    },
    queueOf: async (workflowId) => {
      const row = (await queryOne(pool, readQueueById(workflowId)))[0];
      return row === undefined ? undefined : queueRowOf(row);
    },
  };
}
