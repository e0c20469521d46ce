import { stringifyJson, timeTriggersToJson } from '@maestro/dsl';
import type { Json, Millis } from '@maestro/domain';
import { createClient, type Channel } from '@maestro/grpc';
import { DefinitionService, type WorkflowChange } from '@maestro/proto/maestro/definition/v1/definition_service';
import { triggerTexts } from '@maestro/schedule';
import { timeTriggerFromProto } from '@maestro/wire';
import type { TimeTriggerStore, WorkflowTriggers } from '../ports/time-trigger-store.js';
import { shardOfTrigger, triggerId } from '../usecases/time-triggers/trigger-id.js';

export interface TimeTriggerChangesDeps {
  readonly triggers: TimeTriggerStore;
  now(): Millis;
}

const READ_MS = 30_000;

/**
 * readTimeTriggers brings the table of time triggers up to what definition's feed says, from a cursor of its own. A change tells what the workflow
 * has when it is read, so that a repeated one does no harm.
 */
export async function readTimeTriggers({ triggers, now }: TimeTriggerChangesDeps, channel: Channel): Promise<void> {
  const client = createClient(DefinitionService, channel, { caller: 'scheduler' });
  await triggers.follow(now, async (after) => {
    for await (const { changes } of client.readChanges(
      { after, follow: false },
      { detached: true, timeoutMs: READ_MS },
    )) {
      const last = changes.at(-1);
      // One message a transaction: what is read next comes with the next one.
      if (last !== undefined) return { position: last.sequence, changes: latest(changes) };
    }
    return undefined;
  });
}

/** The newest change of each workflow tells all. */
function latest(changes: readonly WorkflowChange[]): readonly WorkflowTriggers[] {
  return [...new Map(changes.map((change) => [change.workflowKey, change])).values()].map(triggersOf);
}

function triggersOf({ workflowKey, workflowId, timeTriggers }: WorkflowChange): WorkflowTriggers {
  const triggers = timeTriggers.map((trigger) => timeTriggerFromProto(trigger));
  const identities = triggerTexts(triggers);
  const documents = timeTriggersToJson(triggers) as readonly Json[];
  return {
    workflowKey,
    triggers: identities.map((identity, index) => {
      const id = triggerId(workflowId, identity);
      const definition = stringifyJson(documents[index] ?? {});
      return { workflowKey, workflowId, triggerId: id, shard: shardOfTrigger(id), identity, definition };
    }),
  };
}
