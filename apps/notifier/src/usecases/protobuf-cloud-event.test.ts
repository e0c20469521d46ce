import { create, fromBinary } from '@bufbuild/protobuf';
import { anyUnpack, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { CloudEventSchema } from '@maestro/proto/io/cloudevents/v1/cloudevents';
import {
  AlertRaisedSchema,
  StepStatusChangedSchema,
  WorkflowChangedSchema,
  WorkflowRunStatusChangedSchema,
} from '@maestro/proto/maestro/events/v1/cloud_events';
import { AlertType } from '@maestro/proto/maestro/types/v1/alerting';
import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import type { MaestroEvent } from '../ports/maestro-event.js';
import { protobufCloudEvent } from './protobuf-cloud-event.js';

const happened = { id: 'e1', time: 1_800_000_000_123, tenant: 'data' };
const run = { workflowId: 'etl', instanceId: 9_007_199_254_740_993n, runId: 1n, workflowUuid: 'u', correlationId: 'c' };
const runMessage = {
  workflowId: 'etl',
  workflowInstanceId: run.instanceId,
  workflowRunId: 1n,
  workflowUuid: 'u',
  correlationId: 'c',
  tenant: 'data',
  eventTime: 1_800_000_000_123n,
};

function read(event: MaestroEvent) {
  const envelope = fromBinary(CloudEventSchema, protobufCloudEvent(event));
  expect(envelope.$unknown).toBeUndefined();
  const any = envelope.data.case === 'protoData' ? envelope.data.value : undefined;
  return { envelope, any };
}

test('the envelope is that of the protobuf format', () => {
  const { envelope } = read({ ...happened, ...run, type: 'run', newStatus: 'CREATED' });
  expect(envelope).toMatchObject({
    id: 'e1',
    source: '/maestro/scheduler',
    specVersion: '1.0',
    type: 'io.maestro.run.status.changed',
  });
  const values = Object.entries(envelope.attributes).map(([name, { attr }]) => [name, attr.value]);
  expect(Object.fromEntries(values)).toEqual({
    subject: `etl/${run.instanceId}/1`,
    time: timestampFromMs(happened.time),
    tenant: 'data',
  });
});

test('a run, a step and a definition are the messages of the contract, field by field', () => {
  const { any: ofRun } = read({ ...happened, ...run, type: 'run', oldStatus: 'IN_PROGRESS', newStatus: 'FAILED' });
  expect(ofRun && anyUnpack(ofRun, WorkflowRunStatusChangedSchema)).toEqual(
    create(WorkflowRunStatusChangedSchema, {
      ...runMessage,
      oldStatus: WorkflowInstanceStatus.IN_PROGRESS,
      newStatus: WorkflowInstanceStatus.FAILED,
    }),
  );
  const { any: ofStep } = read({
    ...happened,
    ...run,
    type: 'step',
    stepId: 'load',
    attemptId: 2,
    oldStatus: 'RUNNING',
    newStatus: 'SUCCEEDED',
  });
  expect(ofStep && anyUnpack(ofStep, StepStatusChangedSchema)).toEqual(
    create(StepStatusChangedSchema, {
      ...runMessage,
      stepId: 'load',
      stepAttemptId: 2,
      oldStatus: StepStatus.RUNNING,
      newStatus: StepStatus.SUCCEEDED,
    }),
  );
  const { any } = read({
    ...happened,
    type: 'workflow',
    change: 'pushed',
    workflowId: 'etl',
    workflowKey: 1n,
    latestVersion: 3n,
    sequence: 7n,
  });
  expect(any && anyUnpack(any, WorkflowChangedSchema)).toMatchObject({
    workflowId: 'etl',
    latestVersion: 3n,
    sequence: 7n,
    activeVersion: 0n,
  });
});

test('an alert is the message of the contract', () => {
  const subject = { workflowId: 'etl', instanceId: 7n, runId: 1n, stepId: 'load' };
  const key = 'STEP_FAILURE/etl/7/1/load#1';
  const { time, tenant } = happened;
  const alert = {
    key,
    incident: key,
    type: 'STEP_FAILURE',
    tenant,
    subject,
    time,
    summary: 'it failed',
    details: ['why'],
  } as const;
  const { envelope, any } = read({ ...happened, type: 'alert', workflowId: 'etl', alert });
  expect(envelope).toMatchObject({ source: '/maestro/notifier', type: 'io.maestro.alert.step-failure' });
  expect(any && anyUnpack(any, AlertRaisedSchema)).toMatchObject({
    key,
    type: AlertType.STEP_FAILURE,
    workflowInstanceId: 7n,
    stepId: 'load',
    details: ['why'],
    time: BigInt(time),
  });
});
