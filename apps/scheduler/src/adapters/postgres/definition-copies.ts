import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { DefinitionCopies } from '../../ports/definition-copies.js';
import { insertDefinitionCopy, readDefinitionCopy } from './definition-copy.js';
import { queueRowOf, readQueueById } from './workflow-queue.js';

/** postgresCopies keeps the copies in this service's own schema. */
export function postgresCopies(pool: Pool): DefinitionCopies {
  return {
    read: async (workflowKey, version) =>
      (await queryOne(pool, readDefinitionCopy(workflowKey, version)))[0]?.definition,
    write: async (workflowKey, version, definition) => {
      await queryOne(pool, insertDefinitionCopy(workflowKey, version, definition));
    },
    queueOf: async (workflowId) => {
      const row = (await queryOne(pool, readQueueById(workflowId)))[0];
      return row === undefined ? undefined : queueRowOf(row);
    },
  };
}
