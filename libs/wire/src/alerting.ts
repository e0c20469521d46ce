import { create } from '@bufbuild/protobuf';
import type { AlertType, AlertTypeConfig, Alerting, SlackTarget, TargetCompletionTime } from '@maestro/domain';
import {
  type AlertTypeConfig as AlertTypeConfigMessage,
  AlertTypeConfigSchema,
  type Alerting as AlertingMessage,
  AlertingSchema,
  type SlackTarget as SlackTargetMessage,
  SlackTargetSchema,
  type TargetCompletionTime as TargetCompletionTimeMessage,
  TargetCompletionTimeSchema,
} from '@maestro/proto/maestro/types/v1/alerting';
import {
  ALERT_ACTION_TABLE,
  ALERT_GRANULARITY_TABLE,
  ALERT_TYPE_TABLE,
  PAGERDUTY_SEVERITY_TABLE,
} from './alerting-enums.js';
import { fieldPath, invalid } from './invalid.js';
import { optionally, present, whenAny, whenFilled, whenText } from './present.js';

function slackToProto(slack: SlackTarget): SlackTargetMessage {
  return create(SlackTargetSchema, {
    users: [...(slack.users ?? [])],
    channels: [...(slack.channels ?? [])],
    mentionUsers: [...(slack.mentionUsers ?? [])],
  });
}

function slackFromProto(message: SlackTargetMessage): SlackTarget {
  return present({
    users: whenFilled(message.users),
    channels: whenFilled(message.channels),
    mentionUsers: whenFilled(message.mentionUsers),
  });
}

function targetOf(tct: TargetCompletionTime): TargetCompletionTimeMessage['target'] {
  if (tct.completedByHour !== undefined) return { case: 'completedByHour', value: tct.completedByHour };
  if (tct.durationMinutes !== undefined) return { case: 'durationMinutes', value: tct.durationMinutes };
  if (tct.completedByTs !== undefined) return { case: 'completedByTs', value: tct.completedByTs };
  return { case: undefined };
}

function tctToProto(tct: TargetCompletionTime): TargetCompletionTimeMessage {
  return create(TargetCompletionTimeSchema, { target: targetOf(tct), tz: tct.tz ?? '' });
}

function tctFromProto(message: TargetCompletionTimeMessage, path: string): TargetCompletionTime {
  const tz = present({ tz: whenText(message.tz) });
  const { target } = message;
  switch (target.case) {
    case 'completedByHour':
      return { completedByHour: target.value, ...tz };
    case 'durationMinutes':
      return { durationMinutes: target.value, ...tz };
    case 'completedByTs':
      return { completedByTs: target.value, ...tz };
    case undefined:
      throw invalid(path, 'needs one of completed_by_hour, duration_minutes and completed_by_ts');
  }
}

function typeConfigToProto(type: AlertType, config: AlertTypeConfig): AlertTypeConfigMessage {
  return create(AlertTypeConfigSchema, {
    type: ALERT_TYPE_TABLE.toProto(type),
    emails: [...(config.emails ?? [])],
    pagerduties: [...(config.pagerduties ?? [])],
    slack: optionally(config.slack, slackToProto),
    actions: (config.actions ?? []).map(ALERT_ACTION_TABLE.toProto),
    disabled: config.disabled,
    granularity: ALERT_GRANULARITY_TABLE.toProtoOptional(config.granularity),
    durationMinutes: config.durationMinutes,
  });
}

function typeConfigFromProto(message: AlertTypeConfigMessage, path: string): [AlertType, AlertTypeConfig] {
  const type = ALERT_TYPE_TABLE.fromProto(message.type, fieldPath(path, 'type'));
  const at = fieldPath(path, 'actions');
  const actions = message.actions.map((action, index) => ALERT_ACTION_TABLE.fromProto(action, fieldPath(at, index)));
  const config = present({
    emails: whenFilled(message.emails),
    pagerduties: whenFilled(message.pagerduties),
    slack: optionally(message.slack, slackFromProto),
    actions: whenFilled(actions),
    disabled: message.disabled,
    granularity: ALERT_GRANULARITY_TABLE.fromProtoOptional(message.granularity, fieldPath(path, 'granularity')),
    durationMinutes: message.durationMinutes,
  });
  return [type, config];
}

export function alertingToProto(alerting: Alerting): AlertingMessage {
  const typeConfigs = Object.entries(alerting.typeConfigs ?? {}) as [AlertType, AlertTypeConfig][];
  const { bypassDigestConfig, pagerdutyConfig } = alerting;
  return create(AlertingSchema, {
    emails: [...(alerting.emails ?? [])],
    pagerduties: [...(alerting.pagerduties ?? [])],
    slack: optionally(alerting.slack, slackToProto),
    bypassDigestConfig: optionally(bypassDigestConfig, ({ workflow, steps }) => ({
      workflow,
      steps: [...(steps ?? [])],
    })),
    pagerdutyConfig: optionally(pagerdutyConfig, ({ severity, alwaysPage }) => ({
      severity: PAGERDUTY_SEVERITY_TABLE.toProtoOptional(severity),
      alwaysPage,
    })),
    tct: optionally(alerting.tct, tctToProto),
    typeConfigs: typeConfigs.map(([type, config]) => typeConfigToProto(type, config)),
  });
}

/** alertingFromProto: throws INVALID_REQUEST for unknown words and for a completion time without a target. */
export function alertingFromProto(message: AlertingMessage, path = ''): Alerting {
  const at = fieldPath(path, 'type_configs');
  const configs = message.typeConfigs.map((config, index) => typeConfigFromProto(config, fieldPath(at, index)));
  return present({
    emails: whenFilled(message.emails),
    pagerduties: whenFilled(message.pagerduties),
    slack: optionally(message.slack, slackFromProto),
    bypassDigestConfig: optionally(message.bypassDigestConfig, ({ workflow, steps }) =>
      present({ workflow, steps: whenFilled(steps) }),
    ),
    pagerdutyConfig: optionally(message.pagerdutyConfig, ({ severity, alwaysPage }) =>
      present({ severity: PAGERDUTY_SEVERITY_TABLE.fromProtoOptional(severity, `${path}.severity`), alwaysPage }),
    ),
    tct: optionally(message.tct, (tct) => tctFromProto(tct, fieldPath(path, 'tct'))),
    typeConfigs: whenAny(Object.fromEntries(configs)),
  });
}
