import { query, queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { WorkflowAlertings } from '../../ports/workflow-alertings.js';
import { alertingOf, selectAlerting, upsertAlerting } from './workflow-alerting.js';

/** postgresWorkflowAlertings keeps what workflows want to be told of. */
export function postgresWorkflowAlertings(pool: Pool): WorkflowAlertings {
  return {
    find: async (workflowId) => {
      const [row] = await queryOne(pool, selectAlerting(workflowId));
      return row === undefined ? undefined : alertingOf(row);
    },
    put: async (alerting, sequence) => void (await query(pool, [upsertAlerting(alerting, sequence)])),
  };
}
