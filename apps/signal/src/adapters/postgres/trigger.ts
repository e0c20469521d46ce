import type { JsonObject, Millis, SignalTrigger } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText } from '@maestro/wire';
import type { SubscribedTrigger, WantedTriggers } from '../../ports/triggers.js';

/** deleteOthers removes triggers that are no longer wanted, and what they had gathered. */
export function deleteOthers({ workflowKey, triggers }: WantedTriggers): Statement {
  return {
    name: 'delete-other-triggers',
    text: 'delete from trigger where workflow_key = $1 and not (uuid = any ($2::text[]))',
    values: [workflowKey, triggers.map(({ uuid }) => uuid)],
  };
}

/** insertTriggers adds those that are new, and answers them with their keys. */
export function insertTriggers(
  { workflowKey, workflowId, tenant, triggers }: WantedTriggers,
  now: Millis,
): Statement<{ readonly trigger_key: bigint; readonly uuid: string }> {
  return {
    name: 'insert-triggers',
    text: `insert into trigger (workflow_key, workflow_id, tenant, create_time, uuid, definition, signals)
      select $1, $2, $3, $4, q.* from unnest($5::text[], $6::json[], $7::int4[]) q
      on conflict (workflow_key, uuid) do nothing returning trigger_key, uuid`,
    values: [
      workflowKey,
      workflowId,
      tenant,
      now,
      triggers.map(({ uuid }) => uuid),
      triggers.map(({ trigger }) => triggerText(trigger)),
      triggers.map(({ trigger }) => Object.keys(trigger.definitions).length),
    ],
  };
}

/** KeyedTrigger is a stored trigger. */
export interface KeyedTrigger extends SubscribedTrigger {
  readonly key: bigint;
}

/** triggerText is a trigger as its column holds it. */
export function triggerText(trigger: SignalTrigger): string {
  return exactJsonText(trigger as unknown as JsonObject);
}
