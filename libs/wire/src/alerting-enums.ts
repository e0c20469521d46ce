import type { AlertAction, AlertGranularity, AlertType, PagerdutySeverity } from '@maestro/domain';
import {
  AlertAction as AlertActionEnum,
  AlertGranularity as AlertGranularityEnum,
  AlertType as AlertTypeEnum,
  PagerdutySeverity as PagerdutySeverityEnum,
} from '@maestro/proto/maestro/types/v1/alerting';
import { enumTable } from './enum-table.js';

export const ALERT_TYPE_TABLE = enumTable<AlertType, AlertTypeEnum>({
  STEP_FAILURE: AlertTypeEnum.STEP_FAILURE,
  TCT_VIOLATION: AlertTypeEnum.TCT_VIOLATION,
  LONG_RUNNING: AlertTypeEnum.LONG_RUNNING,
  DEPENDENCY_LATE: AlertTypeEnum.DEPENDENCY_LATE,
  BREAKPOINT_HIT: AlertTypeEnum.BREAKPOINT_HIT,
  DEFINITION_CHANGE: AlertTypeEnum.DEFINITION_CHANGE,
  RUN_SUCCESS: AlertTypeEnum.RUN_SUCCESS,
  SUCCESS_WITHIN: AlertTypeEnum.SUCCESS_WITHIN,
});

export const ALERT_ACTION_TABLE = enumTable<AlertAction, AlertActionEnum>({
  EMAIL: AlertActionEnum.EMAIL,
  PAGE: AlertActionEnum.PAGE,
  SLACK: AlertActionEnum.SLACK,
  CANCEL: AlertActionEnum.CANCEL,
});

export const ALERT_GRANULARITY_TABLE = enumTable<AlertGranularity, AlertGranularityEnum>({
  WORKFLOW: AlertGranularityEnum.WORKFLOW,
  STEP: AlertGranularityEnum.STEP,
  ALL: AlertGranularityEnum.ALL,
});

export const PAGERDUTY_SEVERITY_TABLE = enumTable<PagerdutySeverity, PagerdutySeverityEnum>({
  CRITICAL: PagerdutySeverityEnum.CRITICAL,
  ERROR: PagerdutySeverityEnum.ERROR,
  WARNING: PagerdutySeverityEnum.WARNING,
  INFO: PagerdutySeverityEnum.INFO,
});
