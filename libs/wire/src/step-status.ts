import type { StepStatus } from '@maestro/domain';
import { StepStatus as StatusEnum } from '@maestro/proto/maestro/types/v1/instance';
import { enumTable } from './enum-table.js';

export const STEP_STATUS_TABLE = enumTable<StepStatus, StatusEnum>({
  NOT_CREATED: StatusEnum.NOT_CREATED,
  CREATED: StatusEnum.CREATED,
  INITIALIZED: StatusEnum.INITIALIZED,
  PAUSED: StatusEnum.PAUSED,
  WAITING_FOR_SIGNALS: StatusEnum.WAITING_FOR_SIGNALS,
  EVALUATING_PARAMS: StatusEnum.EVALUATING_PARAMS,
  WAITING_FOR_PERMITS: StatusEnum.WAITING_FOR_PERMITS,
  STARTING: StatusEnum.STARTING,
  RUNNING: StatusEnum.RUNNING,
  FINISHING: StatusEnum.FINISHING,
  DISABLED: StatusEnum.DISABLED,
  UNSATISFIED: StatusEnum.UNSATISFIED,
  SKIPPED: StatusEnum.SKIPPED,
  SUCCEEDED: StatusEnum.SUCCEEDED,
  COMPLETED_WITH_ERROR: StatusEnum.COMPLETED_WITH_ERROR,
  USER_FAILED: StatusEnum.USER_FAILED,
  PLATFORM_FAILED: StatusEnum.PLATFORM_FAILED,
  TIMEOUT_FAILED: StatusEnum.TIMEOUT_FAILED,
  FATALLY_FAILED: StatusEnum.FATALLY_FAILED,
  INTERNALLY_FAILED: StatusEnum.INTERNALLY_FAILED,
  STOPPED: StatusEnum.STOPPED,
  TIMED_OUT: StatusEnum.TIMED_OUT,
});

export const stepStatusToProto = STEP_STATUS_TABLE.toProto;

/** stepStatusFromProto: throws INVALID_REQUEST for UNSPECIFIED. */
export function stepStatusFromProto(status: StatusEnum, path = 'status'): StepStatus {
  return STEP_STATUS_TABLE.fromProto(status, path);
}
