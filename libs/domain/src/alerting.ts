export const ALERT_TYPES = [
  'STEP_FAILURE',
  'TCT_VIOLATION',
  'LONG_RUNNING',
  'DEPENDENCY_LATE',
  'BREAKPOINT_HIT',
  'DEFINITION_CHANGE',
  'RUN_SUCCESS',
  'SUCCESS_WITHIN',
] as const;
export type AlertType = (typeof ALERT_TYPES)[number];

export const ALERT_ACTIONS = ['EMAIL', 'PAGE', 'SLACK', 'CANCEL'] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];

export const ALERT_GRANULARITIES = ['WORKFLOW', 'STEP', 'ALL'] as const;
export type AlertGranularity = (typeof ALERT_GRANULARITIES)[number];

export const PAGERDUTY_SEVERITIES = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'] as const;
export type PagerdutySeverity = (typeof PAGERDUTY_SEVERITIES)[number];

/** SlackTarget: who is written to, where, and whom the text in a channel mentions. */
export interface SlackTarget {
  readonly users?: readonly string[];
  readonly channels?: readonly string[];
  readonly mentionUsers?: readonly string[];
}

/** TargetCompletionTime: exactly one of hour, duration and instant; the time zone defaults to the workflow's. */
export interface TargetCompletionTime {
  readonly completedByHour?: number;
  readonly durationMinutes?: number;
  readonly completedByTs?: bigint;
  readonly tz?: string;
}

export interface AlertTypeConfig {
  readonly emails?: readonly string[];
  readonly pagerduties?: readonly string[];
  readonly slack?: SlackTarget;
  readonly actions?: readonly AlertAction[];
  readonly disabled?: boolean;
  readonly granularity?: AlertGranularity;
  readonly durationMinutes?: number;
}

/** Alerting says who is told what about a workflow's runs; addresses may hold `${param}`. */
export interface Alerting {
  readonly emails?: readonly string[];
  readonly pagerduties?: readonly string[];
  readonly slack?: SlackTarget;
  readonly bypassDigestConfig?: { readonly workflow?: boolean; readonly steps?: readonly string[] };
  readonly pagerdutyConfig?: { readonly severity?: PagerdutySeverity; readonly alwaysPage?: boolean };
  readonly tct?: TargetCompletionTime;
  readonly typeConfigs?: Readonly<Partial<Record<AlertType, AlertTypeConfig>>>;
}
