import { createClient, type Channel } from '@maestro/grpc';
import {
  ChangeKind,
  DefinitionService,
  type WorkflowChange,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import type { EventListener } from '../ports/event-listener.js';
import type { FeedCursor } from '../ports/feed-cursor.js';
import type { WorkflowChanged, WorkflowChangeKind } from '../ports/maestro-event.js';
import { eventId } from '../usecases/event-id.js';

const KINDS: Readonly<Partial<Record<ChangeKind, WorkflowChangeKind>>> = {
  [ChangeKind.PUSHED]: 'pushed',
  [ChangeKind.ACTIVATED]: 'activated',
  [ChangeKind.DEACTIVATED]: 'deactivated',
  [ChangeKind.PROPERTIES_CHANGED]: 'properties-changed',
  [ChangeKind.REMOVED]: 'removed',
};

/** readDefinitionChanges tells of every change from where the cursor stands; it moves when what was told is stored. */
export async function readDefinitionChanges(
  cursor: FeedCursor,
  channel: Channel,
  listener: EventListener,
): Promise<void> {
  const client = createClient(DefinitionService, channel, { caller: 'notifier' });
  const after = await cursor.position();
  for await (const { changes } of client.readChanges({ after, follow: false }, { detached: true, timeoutMs: 30_000 })) {
    await listener.hear(changes.flatMap(eventOf));
    const last = changes.at(-1);
    if (last !== undefined) await cursor.move(last.sequence);
  }
}

/** Kinds that this version does not know are not told. */
function eventOf(change: WorkflowChange): readonly WorkflowChanged[] {
  const kind = KINDS[change.kind];
  if (kind === undefined) return [];
  const { workflowId, workflowKey, tenant, activeVersion, latestVersion, author, sequence } = change;
  return [
    {
      type: 'workflow',
      change: kind,
      id: eventId('workflow', workflowKey, sequence),
      time: Number(change.time),
      tenant,
      workflowId,
      workflowKey,
      ...(activeVersion === 0n ? {} : { activeVersion }),
      latestVersion,
      ...(author === undefined || author.name === '' ? {} : { author: author.name }),
      sequence,
    },
  ];
}
