import { createClient, type Channel } from '@maestro/grpc';
import {
  ChangeKind,
  DefinitionService,
  type WorkflowChange,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { runStrategyFromProto } from '@maestro/wire';
import type { Input, QueueSeed } from '../commit/input.js';
import type { FeedCursor } from '../ports/feed-cursor.js';
import type { StepConcurrency } from '../usecases/keep-step-concurrency.js';

export interface DefinitionChangesDeps {
  readonly cursor: FeedCursor;
  submit(input: Input): void;
  /** Makes the step concurrency of a workflow hold. */
  keepStepConcurrency(wanted: StepConcurrency): Promise<void>;
}

/** readDefinitionChanges brings queue rows up to what the change feed says, from where this service's cursor stands. */
export async function readDefinitionChanges(deps: DefinitionChangesDeps, channel: Channel): Promise<void> {
  const client = createClient(DefinitionService, channel, { caller: 'scheduler' });
  const after = await deps.cursor.position();
  for await (const { changes } of client.readChanges({ after, follow: false }, { detached: true, timeoutMs: 30_000 })) {
    await Promise.all(changes.map((change) => applyChange(deps, change)));
    const last = changes.at(-1);
    if (last !== undefined) await deps.cursor.move(last.sequence);
  }
}

/** Only workflows that were started here have a queue row; the others get theirs at their first start. */
async function applyChange(deps: DefinitionChangesDeps, change: WorkflowChange): Promise<void> {
  if (change.runStrategy === undefined || !(await deps.cursor.isKnown(change.workflowKey))) return;
  const { rule, workflowConcurrency } = runStrategyFromProto(change.runStrategy);
  const { workflowKey, workflowId, tenant, sequence, activeVersion } = change;
  const seed: QueueSeed = {
    workflowKey,
    workflowId,
    tenant,
    revision: sequence,
    activeVersion,
    rule,
    concurrency: workflowConcurrency,
  };
  const limit = change.kind === ChangeKind.REMOVED ? undefined : change.stepConcurrency;
  await deps.keepStepConcurrency({ tenant, workflowId, revision: sequence, limit });
  await new Promise<void>((resolve, reject) => {
    deps.submit({ kind: 'queue', workflowKey, act: { type: 'admit', seed }, settle: () => resolve(), fail: reject });
  });
}
