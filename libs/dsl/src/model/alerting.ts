import {
  ALERT_ACTIONS,
  ALERT_GRANULARITIES,
  ALERT_TYPES,
  PAGERDUTY_SEVERITIES,
  type Alerting,
  type AlertTypeConfig,
  type SlackTarget,
  type TargetCompletionTime,
} from '@maestro/domain';
import { dictionary, list } from '../reading/codec.js';
import { object, optional } from '../reading/object.js';
import { bool, constant, integer, long, oneOf, text } from '../reading/scalars.js';

const texts = optional(list(text));

const slack = object<SlackTarget>({ users: texts, channels: texts, mentionUsers: texts });

const targetCompletionTime = object<TargetCompletionTime>({
  completedByHour: optional(integer),
  durationMinutes: optional(integer),
  completedByTs: optional(long),
  tz: optional(text),
});

const typeConfig = object<AlertTypeConfig>({
  emails: texts,
  pagerduties: texts,
  slack: optional(slack),
  actions: optional(list(oneOf(ALERT_ACTIONS))),
  disabled: optional(bool),
  granularity: optional(oneOf(ALERT_GRANULARITIES)),
  durationMinutes: optional(integer),
});

/** alerting: who is told what (specification 1.12). */
export const alerting = object<Alerting>({
  emails: texts,
  pagerduties: texts,
  slack: optional(slack),
  bypassDigestConfig: optional(
    object<NonNullable<Alerting['bypassDigestConfig']>>({ workflow: optional(bool), steps: texts }),
  ),
  pagerdutyConfig: optional(
    object<NonNullable<Alerting['pagerdutyConfig']>>({
      severity: optional(oneOf(PAGERDUTY_SEVERITIES)),
      alwaysPage: optional(bool),
    }),
  ),
  tct: optional(targetCompletionTime),
  typeConfigs: optional(dictionary(typeConfig, (cursor, key) => constant(cursor, key, ALERT_TYPES))),
});
