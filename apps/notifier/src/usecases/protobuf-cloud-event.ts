import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { AlertRaisedSchema, WorkflowChangedSchema } from '@maestro/proto/maestro/events/v1/cloud_events';
import { SignalAnnouncedSchema } from '@maestro/proto/maestro/events/v1/events';
import { ALERT_TYPE_TABLE, INSTANCE_STATUS_TABLE, STEP_STATUS_TABLE, signalInstanceToProto } from '@maestro/wire';
import type { MaestroEvent } from '../ports/maestro-event.js';
import { eventAttributes } from './event-attributes.js';

/** Media type of one event in CloudEvents' protobuf format. */
export const PROTOBUF_EVENT = 'application/cloudevents+protobuf';

const TYPE_URL = 'type.googleapis.com/maestro.events.v1';

/**
 * protobufCloudEvent is an event in CloudEvents' protobuf format; its data is a message of maestro.events.v1. Written field by field, since there is one for
 * every step that runs: through descriptors it costs several times as much. A test reads it back through them.
 */
export function protobufCloudEvent(event: MaestroEvent): Uint8Array {
  const { id, source, type, subject, tenant } = eventAttributes(event);
  const writer = new BinaryWriter();
  text(writer, 1, id);
  text(writer, 2, source);
  text(writer, 3, '1.0');
  text(writer, 4, type);
  attribute(writer, 'subject', (value) => text(value, 3, subject));
  attribute(writer, 'time', (value) => timestamp(value, event.time));
  attribute(writer, 'tenant', (value) => text(value, 3, tenant));
  message(writer, 8, (any) => {
    const { name, data } = dataOf(event);
    text(any, 1, `${TYPE_URL}.${name}`);
    any.tag(2, WireType.LengthDelimited).bytes(data);
  });
  return writer.finish();
}

function dataOf(event: MaestroEvent): { readonly name: string; readonly data: Uint8Array } {
  if (event.type === 'workflow') return { name: 'WorkflowChanged', data: workflowChanged(event) };
  if (event.type === 'run') return { name: 'WorkflowRunStatusChanged', data: runChanged(event) };
  if (event.type === 'step') return { name: 'StepStatusChanged', data: stepChanged(event) };
  if (event.type === 'alert') return { name: 'AlertRaised', data: alertRaised(event) };
  const { signal, announcedBy, tenant } = event;
  const announced = create(SignalAnnouncedSchema, {
    signal: signalInstanceToProto(signal),
    tenant,
    ...(announcedBy === undefined ? {} : { announcedBy: { name: announcedBy } }),
  });
  return { name: 'SignalAnnounced', data: toBinary(SignalAnnouncedSchema, announced) };
}

function workflowChanged(event: MaestroEvent & { type: 'workflow' }): Uint8Array {
  const { workflowId, tenant, activeVersion = 0n, latestVersion, author = '', time, sequence } = event;
  const fields = { workflowId, tenant, activeVersion, latestVersion, author, time: BigInt(time), sequence };
  return toBinary(WorkflowChangedSchema, create(WorkflowChangedSchema, fields));
}

function alertRaised({ alert, tenant, time }: MaestroEvent & { type: 'alert' }): Uint8Array {
  const { key, incident, type, subject, summary, details } = alert;
  const raised = create(AlertRaisedSchema, {
    key,
    incident,
    type: ALERT_TYPE_TABLE.toProto(type),
    tenant,
    workflowId: subject.workflowId,
    workflowInstanceId: subject.instanceId ?? 0n,
    workflowRunId: subject.runId ?? 0n,
    stepId: subject.stepId ?? '',
    summary,
    details: [...details],
    time: BigInt(time),
  });
  return toBinary(AlertRaisedSchema, raised);
}

function runChanged(event: MaestroEvent & { type: 'run' }): Uint8Array {
  const writer = runFields(event);
  number(writer, 7, INSTANCE_STATUS_TABLE.toProtoOptional(event.oldStatus));
  number(writer, 8, INSTANCE_STATUS_TABLE.toProto(event.newStatus));
  long(writer, 9, event.time);
  return writer.finish();
}

function stepChanged(event: MaestroEvent & { type: 'step' }): Uint8Array {
  const writer = runFields(event);
  text(writer, 7, event.stepId);
  number(writer, 8, event.attemptId);
  number(writer, 9, STEP_STATUS_TABLE.toProtoOptional(event.oldStatus));
  number(writer, 10, STEP_STATUS_TABLE.toProto(event.newStatus));
  long(writer, 11, event.time);
  return writer.finish();
}

function runFields(event: MaestroEvent & { type: 'run' | 'step' }): BinaryWriter {
  const writer = new BinaryWriter();
  text(writer, 1, event.workflowId);
  long(writer, 2, event.instanceId);
  long(writer, 3, event.runId);
  text(writer, 4, event.workflowUuid);
  text(writer, 5, event.correlationId);
  text(writer, 6, event.tenant);
  return writer;
}

function attribute(writer: BinaryWriter, name: string, write: (value: BinaryWriter) => void): void {
  message(writer, 5, (entry) => {
    text(entry, 1, name);
    message(entry, 2, write);
  });
}

function timestamp(writer: BinaryWriter, ms: number): void {
  const seconds = Math.floor(ms / 1_000);
  message(writer, 7, (value) => {
    long(value, 1, seconds);
    number(value, 2, (ms - seconds * 1_000) * 1_000_000);
  });
}

function message(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  if (value !== '') writer.tag(field, WireType.LengthDelimited).string(value);
}

function number(writer: BinaryWriter, field: number, value: number): void {
  if (value !== 0) writer.tag(field, WireType.Varint).int32(value);
}

function long(writer: BinaryWriter, field: number, value: bigint | number): void {
  if (Number(value) !== 0) writer.tag(field, WireType.Varint).int64(value);
}
