import type { WorkflowInstanceStatus } from '@maestro/domain';
import { WorkflowInstanceStatus as StatusEnum } from '@maestro/proto/maestro/types/v1/instance';
import { enumTable } from './enum-table.js';

export const INSTANCE_STATUS_TABLE = enumTable<WorkflowInstanceStatus, StatusEnum>({
  CREATED: StatusEnum.CREATED,
  IN_PROGRESS: StatusEnum.IN_PROGRESS,
  PAUSED: StatusEnum.PAUSED,
  TIMED_OUT: StatusEnum.TIMED_OUT,
  STOPPED: StatusEnum.STOPPED,
  FAILED: StatusEnum.FAILED,
  SUCCEEDED: StatusEnum.SUCCEEDED,
});

export const instanceStatusToProto = INSTANCE_STATUS_TABLE.toProto;

/** instanceStatusFromProto: throws INVALID_REQUEST for UNSPECIFIED. */
export function instanceStatusFromProto(status: StatusEnum, path = 'status'): WorkflowInstanceStatus {
  return INSTANCE_STATUS_TABLE.fromProto(status, path);
}
