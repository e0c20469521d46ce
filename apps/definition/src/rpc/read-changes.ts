import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Handler } from '@maestro/grpc';
import {
  ChangeKind as ChangeKindEnum,
  DefinitionService,
  type WorkflowChangeSchema,
} from '@maestro/proto/maestro/definition/v1/definition_service';
import { instantToProto, runStrategyToProto, timeTriggerToProto } from '@maestro/wire';
import type { Change, ChangeKind } from '../ports/change.js';
import { readChanges } from '../usecases/read-changes.js';
import type { DefinitionDeps } from './definition-deps.js';

const KINDS: Readonly<Record<ChangeKind, ChangeKindEnum>> = {
  PUSHED: ChangeKindEnum.PUSHED,
  ACTIVATED: ChangeKindEnum.ACTIVATED,
  DEACTIVATED: ChangeKindEnum.DEACTIVATED,
  PROPERTIES_CHANGED: ChangeKindEnum.PROPERTIES_CHANGED,
  REMOVED: ChangeKindEnum.REMOVED,
};

/** readChangesRpc serves ReadChanges. */
export function readChangesRpc(deps: DefinitionDeps): Handler<typeof DefinitionService.method.readChanges> {
  return async function* (request, context) {
    for await (const changes of readChanges(deps, request, context.signal))
      yield { changes: changes.map(changeToProto) };
  };
}

function changeToProto(change: Change): MessageInitShape<typeof WorkflowChangeSchema> {
  return {
    sequence: change.sequence,
    kind: KINDS[change.kind],
    workflowId: change.workflowId,
    workflowKey: change.workflowKey,
    tenant: change.tenant,
    activeVersion: change.activeVersion ?? 0n,
    latestVersion: change.latestVersion,
    runStrategy: runStrategyToProto(change.runStrategy),
    author: { name: change.author },
    time: instantToProto(change.time),
    ...(change.stepConcurrency === undefined ? {} : { stepConcurrency: change.stepConcurrency }),
    timeTriggers: (change.timeTriggers ?? []).map(timeTriggerToProto),
  };
}
