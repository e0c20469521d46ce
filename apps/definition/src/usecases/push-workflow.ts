import {
  MaestroError,
  type Properties,
  type PropertiesSnapshot,
  type PushRequest,
  type WorkflowDefinition,
} from '@maestro/domain';
import { propertiesToJson } from '@maestro/dsl';
import type { Act, ActView, Decision, WorkflowActs } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRecord } from '../ports/workflow-record.js';
import { bodyHash, type Asking } from './asking.js';
import { checkPush, invalidDefinition, type CheckedPush } from './check-push.js';
import { definitionOf } from './definition-of.js';
import { dryRun, type DryRunDeps } from './dry-run.js';
import { requireTenant } from './existing.js';
import { mergeOnPush } from './merge-properties.js';
import { receiptVersion } from './receipt-version.js';
import { nextSnapshot } from './snapshot.js';

export interface PushDeps extends DryRunDeps {
  readonly acts: WorkflowActs;
  readonly reads: WorkflowReads;
}

export interface Pushed {
  readonly definition: WorkflowDefinition;
  readonly requestDiffers: boolean;
}

/** pushWorkflow checks a definition and stores it as the next version (spec §1.1). */
export async function pushWorkflow(deps: PushDeps, asking: Asking, request: PushRequest): Promise<Pushed> {
  const checked = await checkPush(deps, request, asking);
  await dryRun(deps, request);
  const act: Act = { ...asking, kind: 'push', workflowId: request.workflow.id, bodyHash: bodyHash(checked.text) };
  const { receipt, requestDiffers } = await deps.acts.perform(act, (view) => decidePush(view, act, checked));
  return { definition: definitionOf(await receiptVersion(deps.reads, receipt)), requestDiffers };
}

async function decidePush(view: ActView, act: Act, { request }: CheckedPush): Promise<Decision> {
  const before = view.workflow;
  if (before?.removing === true) throw deletionInProgress(act.workflowId);
  if (before !== undefined) requireTenant(act, before);
  const identity = before ?? (await view.newIdentity());
  const version = (before?.latestVersion ?? 0n) + 1n;
  const active = request.isActive === false ? before?.activeVersion : version;
  const { workflow, gitInfo, extraInfo } = request;
  return {
    workflowKey: identity.workflowKey,
    version,
    time: view.now,
    write: {
      kind: 'PUSHED',
      created: before === undefined,
      after: {
        workflowKey: identity.workflowKey,
        internalId: identity.internalId,
        workflowId: act.workflowId,
        tenant: act.tenant,
        ...(active === undefined ? {} : { activeVersion: active }),
        latestVersion: version,
        properties: pushedSnapshot(before, act, view, request.properties),
        ...(workflow.name === undefined ? {} : { name: workflow.name }),
        definitionTags: workflow.tags ?? [],
      },
      newVersion: {
        version,
        workflow,
        ...(gitInfo === undefined ? {} : { gitInfo }),
        ...(extraInfo === undefined ? {} : { extraInfo }),
        author: act.author,
        createTime: view.now,
      },
      ...(active === version ? { activated: version } : {}),
      ...(request.properties === undefined ? {} : { propertiesChange: propertiesToJson(request.properties) }),
      log: `Pushed version ${version}${active === version ? ' and made it the active one' : ', not active'}`,
    },
  };
}

/** Without properties in the push the snapshot stays as it is; the first push must bring an owner. */
function pushedSnapshot(
  before: WorkflowRecord | undefined,
  act: Act,
  view: ActView,
  pushed: Properties | undefined,
): PropertiesSnapshot {
  if (before === undefined && pushed?.owner === undefined) {
    const message = `is required in the first push of "${act.workflowId}": somebody has to own it`;
    throw invalidDefinition([{ path: 'properties.owner', message }]);
  }
  if (before !== undefined && pushed === undefined) return before.properties;
  const { workflowId, author } = act;
  const created = before === undefined ? {} : { before: before.properties.createTime };
  return nextSnapshot(mergeOnPush(before?.properties ?? {}, pushed ?? {}), {
    workflowId,
    author,
    now: view.now,
    ...created,
  });
}

function deletionInProgress(workflowId: string): MaestroError {
  return new MaestroError(
    'DELETION_IN_PROGRESS',
    `An earlier workflow "${workflowId}" is still being deleted. Push again in a moment.`,
    { metadata: { workflow_id: workflowId }, retryAfterMs: 1_000 },
  );
}
