import type { Alerting, JsonObject } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { WorkflowAlerting } from '../../ports/workflow-alertings.js';

/** upsertAlerting leaves what comes later in definition's feed as it is. */
export function upsertAlerting({ workflowId, tenant, alerting }: WorkflowAlerting, sequence: bigint): Statement {
  return {
    name: 'upsert-alerting',
    text: `insert into workflow_alerting (workflow_id, tenant, sequence, alerting) values ($1, $2, $3, $4)
      on conflict (workflow_id) do update
      set tenant = excluded.tenant, sequence = excluded.sequence, alerting = excluded.alerting
      where workflow_alerting.sequence <= excluded.sequence`,
    values: [workflowId, tenant, sequence, alerting === undefined ? null : exactJsonText(alerting as JsonObject)],
  };
}

interface AlertingRow {
  readonly workflow_id: string;
  readonly tenant: string;
  readonly alerting: string | null;
}

export function selectAlerting(workflowId: string): Statement<AlertingRow> {
  return {
    name: 'select-alerting',
    text: 'select workflow_id, tenant, alerting from workflow_alerting where workflow_id = $1',
    values: [workflowId],
  };
}

export function alertingOf({ workflow_id: workflowId, tenant, alerting }: AlertingRow): WorkflowAlerting {
  return {
    workflowId,
    tenant,
    ...(alerting === null ? {} : { alerting: parseExactJson(alerting) as unknown as Alerting }),
  };
}
