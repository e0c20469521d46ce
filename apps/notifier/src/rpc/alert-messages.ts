import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { AlertSchema, AlertState as State, type Alert } from '@maestro/proto/maestro/notifier/v1/alert_service';
import { ALERT_TYPE_TABLE, instantToProto } from '@maestro/wire';
import type { AlertState, StoredAlert } from '../ports/alerts.js';

const STATES: Readonly<Record<AlertState, State>> = {
  OPEN: State.OPEN,
  ACKNOWLEDGED: State.ACKNOWLEDGED,
  RESOLVED: State.RESOLVED,
};

/** alertStatesOf reads a filter. Throws INVALID_REQUEST for a state that this version does not know. */
export function alertStatesOf(states: readonly State[]): readonly AlertState[] {
  return states.map((state, index) => {
    const word = (Object.keys(STATES) as AlertState[]).find((each) => STATES[each] === state);
    if (word !== undefined) return word;
    const message = `has the unknown value ${state}`;
    throw new MaestroError('INVALID_REQUEST', `states[${index}] ${message}.`, {
      violations: [{ path: `states[${index}]`, message }],
    });
  });
}

export function alertToProto({ alert, route, ...stored }: StoredAlert): Alert {
  const { key, type, tenant, subject, time, summary, details } = alert;
  return create(AlertSchema, {
    alertId: stored.key,
    key,
    type: ALERT_TYPE_TABLE.toProto(type),
    tenant,
    workflowId: subject.workflowId,
    workflowInstanceId: subject.instanceId ?? 0n,
    workflowRunId: subject.runId ?? 0n,
    stepId: subject.stepId ?? '',
    summary,
    details: [...details],
    state: STATES[stored.state],
    told: stored.told,
    route: {
      emails: [...route.emails],
      pagerduties: [...route.pages],
      slackUsers: [...route.slack.users],
      slackChannels: [...route.slack.channels],
      cancel: route.cancel,
    },
    problems: [...stored.problems],
    createTime: instantToProto(time),
    acknowledgeTime: instantToProto(stored.acknowledgeTime),
    acknowledgedBy: stored.acknowledgedBy ?? '',
    resolveTime: instantToProto(stored.resolveTime),
  });
}
