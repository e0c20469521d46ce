import type { Json, JsonObject } from '@maestro/domain';
import { signalInstanceToJson, signalInstanceToProto } from '@maestro/wire';
import type { AlertRaised, MaestroEvent, RunName } from '../ports/maestro-event.js';

/** eventData is the data of an event in JSON, in the words of the REST API. */
export function eventData(event: MaestroEvent): JsonObject {
  return present(fieldsOf(event));
}

function fieldsOf(event: MaestroEvent): Readonly<Record<string, Json | undefined>> {
  const { tenant } = event;
  // A bigint is written as a whole number, anything else with a point.
  const time = BigInt(event.time);
  if (event.type === 'signal') {
    return { ...signalInstanceToJson(signalInstanceToProto(event.signal)), announced_by: event.announcedBy, tenant };
  }
  if (event.type === 'workflow') {
    return {
      workflow_id: event.workflowId,
      tenant,
      active_version: event.activeVersion,
      latest_version: event.latestVersion,
      author: event.author,
      time,
      sequence: event.sequence,
    };
  }
  if (event.type === 'alert') return alertFields(event);
  const status = { old_status: event.oldStatus, new_status: event.newStatus, event_time: time };
  const run = { ...runFields(event), tenant };
  return event.type === 'run'
    ? { ...run, ...status }
    : { ...run, step_id: event.stepId, step_attempt_id: BigInt(event.attemptId), ...status };
}

function runFields({ workflowId, instanceId, runId, workflowUuid, correlationId }: RunName): Record<string, Json> {
  return {
    workflow_id: workflowId,
    workflow_instance_id: instanceId,
    workflow_run_id: runId,
    workflow_uuid: workflowUuid,
    correlation_id: correlationId,
  };
}

function alertFields({ alert, tenant, ...event }: AlertRaised): Readonly<Record<string, Json | undefined>> {
  const { key, incident, type, subject, summary, details } = alert;
  return {
    key,
    incident,
    type,
    workflow_id: subject.workflowId,
    workflow_instance_id: subject.instanceId,
    workflow_run_id: subject.runId,
    step_id: subject.stepId,
    tenant,
    summary,
    details: [...details],
    time: BigInt(event.time),
  };
}

function present(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
