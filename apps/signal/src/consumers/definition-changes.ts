import { MaestroError } from '@maestro/domain';
import { createClient, type Channel, type ClientOf } from '@maestro/grpc';
import {
  ChangeKind,
  DefinitionService,
  type WorkflowChange,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { definitionFromProto } from '@maestro/wire';
import type { SubscribedTrigger, Triggers } from '../ports/triggers.js';
import { triggerUuid } from '../usecases/trigger-identity.js';

/**
 * readDefinitionChanges brings the signal triggers up to what the change feed says, from where this service's cursor stands. Answers how many
 * fired with what was announced meanwhile.
 */
export async function readDefinitionChanges(triggers: Triggers, channel: Channel): Promise<number> {
  const client = createClient(DefinitionService, channel, { caller: 'signal' });
  const after = await triggers.position();
  let fired = 0;
  for await (const { changes } of client.readChanges({ after, follow: false }, { detached: true, timeoutMs: 30_000 })) {
    // Of several changes of a workflow only the last one counts.
    const latest = new Map(changes.map((change) => [change.workflowKey, change]));
    const applied = await Promise.all([...latest.values()].map((change) => applyChange(triggers, client, change)));
    fired += applied.reduce((sum, each) => sum + each, 0);
    const last = changes.at(-1);
    if (last !== undefined) await triggers.move(last.sequence);
  }
  return fired;
}

async function applyChange(
  triggers: Triggers,
  client: ClientOf<typeof DefinitionService>,
  change: WorkflowChange,
): Promise<number> {
  const { workflowKey, workflowId, tenant, sequence: revision, time } = change;
  const wanted = await wantedTriggers(client, change);
  return triggers.subscribe({ workflowKey, workflowId, tenant, revision, since: Number(time), triggers: wanted });
}

/** Those of the version that is active now; later changes come later in the feed. */
async function wantedTriggers(
  client: ClientOf<typeof DefinitionService>,
  { kind, workflowId, workflowKey, activeVersion }: WorkflowChange,
): Promise<readonly SubscribedTrigger[]> {
  if (kind === ChangeKind.REMOVED || activeVersion === 0n) return [];
  try {
    const options = { detached: true, timeoutMs: 10_000 };
    const { definition } = await client.getWorkflow({ workflowId, workflowKey, version: 'active' }, options);
    if (definition === undefined) return [];
    const { workflow, propertiesSnapshot } = definitionFromProto(definition);
    if (propertiesSnapshot.signalTriggerDisabled === true) return [];
    return (workflow.signalTriggers ?? []).map((trigger) => ({ uuid: triggerUuid(workflowId, trigger), trigger }));
  } catch (error) {
    const gone =
      error instanceof MaestroError && (error.code === 'WORKFLOW_NOT_FOUND' || error.code === 'NO_ACTIVE_VERSION');
    if (gone) return [];
    throw error;
  }
}
