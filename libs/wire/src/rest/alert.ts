import type { JsonObject } from '@maestro/domain';
import { AlertState, type Alert, type TestAlertResponse } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { ALERT_TYPE_TABLE } from '../alerting-enums.js';
import { enumTable } from '../enum-table.js';
import { instantJson, jsonFields, textJson } from './fields.js';

/** ALERT_STATE_TABLE has the states of alerts by name. */
export const ALERT_STATE_TABLE = enumTable<'OPEN' | 'ACKNOWLEDGED' | 'RESOLVED', AlertState>({
  OPEN: AlertState.OPEN,
  ACKNOWLEDGED: AlertState.ACKNOWLEDGED,
  RESOLVED: AlertState.RESOLVED,
});

/** alertToJson: something that a workflow wanted to be told of, and what became of it. */
export function alertToJson(message: Alert): JsonObject {
  const { emails = [], pagerduties = [], slackUsers = [], slackChannels = [], cancel = false } = message.route ?? {};
  return jsonFields({
    id: message.alertId,
    key: message.key,
    type: ALERT_TYPE_TABLE.fromProto(message.type, 'type'),
    workflow_id: message.workflowId,
    workflow_instance_id: numberJson(message.workflowInstanceId),
    workflow_run_id: numberJson(message.workflowRunId),
    step_id: textJson(message.stepId),
    summary: message.summary,
    details: message.details,
    state: ALERT_STATE_TABLE.fromProto(message.state, 'state'),
    told: message.told,
    route: { emails, pagerduties, slack_users: slackUsers, slack_channels: slackChannels, cancel },
    problems: message.problems,
    create_time: instantJson(message.createTime),
    acknowledge_time: instantJson(message.acknowledgeTime),
    acknowledged_by: textJson(message.acknowledgedBy),
    resolve_time: instantJson(message.resolveTime),
  });
}

/** Instances and runs are numbered from 1. */
function numberJson(number: bigint): bigint | undefined {
  return number === 0n ? undefined : number;
}

/** testedAlertToJson: whom a test alert is told. */
export function testedAlertToJson({ receivers, problems }: TestAlertResponse): JsonObject {
  return { receivers: receivers.map(({ channel, target }) => ({ channel, target })), problems };
}
