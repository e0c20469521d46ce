import type { TimelineEvent, WorkflowDefinition } from '@maestro/domain';
import { WorkflowInstanceStatus, StepStatus } from '@maestro/proto/maestro/types/v1/instance';
import { definitionToProto, propertiesSnapshotToProto, timelineEventToProto } from '@maestro/wire';

const happened: TimelineEvent = { type: 'LOG', timestamp: 1_700_000_000_000, level: 'INFO', message: 'it happened' };

/** timelineEvent is the event that answers carry in tests. */
export const timelineEvent = timelineEventToProto(happened);
/** timelineEventJson is how `timelineEvent` looks over REST. */
export const timelineEventJson = { type: 'LOG', timestamp: 1_700_000_000_000n, level: 'INFO', message: 'it happened' };

const definitionOfW: WorkflowDefinition = {
  workflowKey: 1n,
  tenant: 'default',
  propertiesSnapshot: { workflowId: 'w', createTime: 1, author: { name: 'tester' }, owner: { name: 'owner' } },
  metadata: { workflowId: 'w', workflowVersionId: 3n, createTime: 1, versionAuthor: { name: 'tester' } },
  workflow: { id: 'w', steps: [{ kind: 'step', type: 'NoOp', id: 'a' }] },
  isActive: true,
  isLatest: true,
  isDefault: true,
  internalId: 10_000n,
};

/** definition is version 3 of workflow `w`. */
export const definition = definitionToProto(definitionOfW);
/** snapshot is the properties of workflow `w`. */
export const snapshot = propertiesSnapshotToProto(definitionOfW.propertiesSnapshot);

/** instance is run 1 of instance 7 of workflow `w`. */
export const instance = {
  workflowId: 'w',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  workflowVersionId: 3n,
  workflowUuid: 'uuid',
  status: WorkflowInstanceStatus.IN_PROGRESS,
};

/** step is the first attempt of step `a` of that run. */
export const step = {
  workflowId: 'w',
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  workflowVersionId: 3n,
  stepId: 'a',
  stepAttemptId: 1,
  runtimeState: { status: StepStatus.RUNNING },
};

/** result is what an act on that run answers. */
export const result = {
  workflowId: 'w',
  workflowVersionId: 3n,
  workflowInstanceId: 7n,
  workflowRunId: 1n,
  workflowInstanceStatus: WorkflowInstanceStatus.IN_PROGRESS,
  timelineEvent,
};

/** signal is the second announcement of `s`. */
export const signal = { name: 's', seqId: 2n, instanceId: 'i', createTime: 5n };
