import type { AlertType, JsonObject } from '@maestro/domain';
import type { Alert } from '../alert.js';

/** alertEventType is the CloudEvents type of an alert: `io.maestro.alert.step_failure`. */
export function alertEventType(type: AlertType): string {
  return `io.maestro.alert.${type.toLowerCase()}`;
}

/** alertEventData is what the CloudEvent of an alert carries. */
export function alertEventData({ key, incident, type, subject, summary, details }: Alert): JsonObject {
  return {
    key,
    incident,
    type,
    workflow_id: subject.workflowId,
    ...(subject.instanceId === undefined ? {} : { workflow_instance_id: String(subject.instanceId) }),
    ...(subject.runId === undefined ? {} : { workflow_run_id: String(subject.runId) }),
    ...(subject.stepId === undefined ? {} : { step_id: subject.stepId }),
    summary,
    details: [...details],
  };
}
