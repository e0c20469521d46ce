import type { JsonObject, Millis, SignalMatches, SignalTrigger } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { shapeOf, wantedText } from '@maestro/signal-match';
import { exactJsonText } from '@maestro/wire';
import type { SubscribedTrigger, WantedTriggers } from '../../ports/triggers.js';
import { lookupNumber } from './lookup-number.js';

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

export function insertTriggerSignals(triggers: readonly KeyedTrigger[]): Statement {
  const rows = triggers.flatMap(({ key, trigger }) =>
    Object.entries(trigger.definitions).map(([name, { matchParams = {}, joinKeys = [] }]) => {
      const matches: SignalMatches = matchParams;
      return { key, name, matches, joinKeys };
    }),
  );
  return {
    name: 'insert-trigger-signals',
    text: `insert into trigger_signal (trigger_key, name, matches, join_keys, shape, lookup)
      select * from unnest($1::int8[], $2::text[], $3::json[], $4::json[], $5::text[], $6::int8[])`,
    values: [
      rows.map(({ key }) => key),
      rows.map(({ name }) => name),
      rows.map(({ matches }) => exactJsonText(matches as unknown as JsonObject)),
      rows.map(({ joinKeys }) => JSON.stringify(joinKeys)),
      rows.map(({ matches }) => shapeOf(matches)),
      rows.map(({ matches }) => lookupNumber(wantedText(matches))),
    ],
  };
}

/** triggerText is a trigger as its column holds it. */
export function triggerText(trigger: SignalTrigger): string {
  return exactJsonText(trigger as unknown as JsonObject);
}
