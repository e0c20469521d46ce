import type { Statement } from '@maestro/postgres';
import type { WantedTriggers } from '../../ports/triggers.js';

/** upsertWorkflow notes which state is about to be stored; no row comes back when a newer one already is. */
export function upsertWorkflow({
  workflowKey,
  workflowId,
  revision,
}: WantedTriggers): Statement<{ readonly revision: bigint }> {
  return {
    name: 'upsert-trigger-workflow',
    text: `insert into trigger_workflow (workflow_key, workflow_id, revision) values ($1, $2, $3)
      on conflict (workflow_key) do update set revision = excluded.revision where trigger_workflow.revision < excluded.revision
      returning revision`,
    values: [workflowKey, workflowId, revision],
  };
}
