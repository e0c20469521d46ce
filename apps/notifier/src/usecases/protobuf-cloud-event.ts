import { create, toBinary, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { anyPack, timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  StepStatusChangedSchema,
  WorkflowChangedSchema,
  WorkflowRunStatusChangedSchema,
} from '@maestro/proto/maestro/events/v1/cloud_events';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import { CloudEventSchema } from '@maestro/proto/io/cloudevents/v1/cloudevents';
import { INSTANCE_STATUS_TABLE, STEP_STATUS_TABLE, signalInstanceToProto } from '@maestro/wire';
import type { MaestroEvent, RunName } from '../ports/maestro-event.js';
import { eventAttributes } from './event-attributes.js';

/** Media type of one event in CloudEvents' protobuf format. */
export const PROTOBUF_EVENT = 'application/cloudevents+protobuf';

/** protobufCloudEvent is an event in CloudEvents' protobuf format; its data is a message of maestro.events.v1. */
export function protobufCloudEvent(event: MaestroEvent): Uint8Array {
  const { id, source, type, subject, tenant } = eventAttributes(event);
  const text = (value: string) => ({ attr: { case: 'ceString', value } as const });
  return toBinary(
    CloudEventSchema,
    create(CloudEventSchema, {
      id,
      source,
      specVersion: '1.0',
      type,
      attributes: {
        subject: text(subject),
        time: { attr: { case: 'ceTimestamp', value: timestampFromMs(event.time) } },
        tenant: text(tenant),
      },
      data: { case: 'protoData', value: dataOf(event) },
    }),
  );
}

function dataOf(event: MaestroEvent) {
  if (event.type === 'workflow') return packed(WorkflowChangedSchema, workflowChanged(event));
  if (event.type === 'run') return packed(WorkflowRunStatusChangedSchema, runChanged(event));
  if (event.type === 'step') return packed(StepStatusChangedSchema, stepChanged(event));
  const { signal, announcedBy, tenant } = event;
  return packed(
    SignalAnnouncedSchema,
    create(SignalAnnouncedSchema, {
      signal: signalInstanceToProto(signal),
      tenant,
      ...(announcedBy === undefined ? {} : { announcedBy: { name: announcedBy } }),
    }),
  );
}

function packed<D extends DescMessage>(schema: D, message: MessageShape<D>) {
  return anyPack(schema, message);
}

function workflowChanged(event: MaestroEvent & { type: 'workflow' }) {
  const { workflowId, tenant, activeVersion = 0n, latestVersion, author = '', time, sequence } = event;
  const fields = { workflowId, tenant, activeVersion, latestVersion, author, time: BigInt(time), sequence };
  return create(WorkflowChangedSchema, fields);
}

function runChanged(event: MaestroEvent & { type: 'run' }) {
  return create(WorkflowRunStatusChangedSchema, {
    ...runFields(event),
    tenant: event.tenant,
    oldStatus: INSTANCE_STATUS_TABLE.toProtoOptional(event.oldStatus),
    newStatus: INSTANCE_STATUS_TABLE.toProto(event.newStatus),
    eventTime: BigInt(event.time),
  });
}

function stepChanged(event: MaestroEvent & { type: 'step' }) {
  return create(StepStatusChangedSchema, {
    ...runFields(event),
    tenant: event.tenant,
    stepId: event.stepId,
    stepAttemptId: event.attemptId,
    oldStatus: STEP_STATUS_TABLE.toProtoOptional(event.oldStatus),
    newStatus: STEP_STATUS_TABLE.toProto(event.newStatus),
    eventTime: BigInt(event.time),
  });
}

function runFields({ workflowId, instanceId, runId, workflowUuid, correlationId }: RunName) {
  return { workflowId, workflowInstanceId: instanceId, workflowRunId: runId, workflowUuid, correlationId };
}
