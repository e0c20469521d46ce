import type { ErrorCode } from '@maestro/domain';

/** HttpStatus is how an error code is shown over REST. */
export interface HttpStatus {
  readonly http: number;
  /** The name that programs written for the original compare with (§7.4 of Maestro's model). */
  readonly name: string;
  /** Whether the same request may succeed a little later. */
  readonly retryable: boolean;
}

const BAD_REQUEST: HttpStatus = { http: 400, name: 'BAD_REQUEST', retryable: false };
const NOT_FOUND: HttpStatus = { http: 404, name: 'NOT_FOUND', retryable: false };
const CONFLICT: HttpStatus = { http: 409, name: 'CONFLICT', retryable: false };
const UNPROCESSABLE: HttpStatus = { http: 422, name: 'UNPROCESSABLE_ENTITY', retryable: false };

/** HTTP_STATUS_OF_CODE is the one table from error codes to HTTP. */
export const HTTP_STATUS_OF_CODE: Readonly<Record<ErrorCode, HttpStatus>> = {
  INVALID_REQUEST: BAD_REQUEST,
  INVALID_DEFINITION: BAD_REQUEST,
  INVALID_PARAM: BAD_REQUEST,
  INVALID_PAGE_TOKEN: BAD_REQUEST,
  INVALID_STATE: BAD_REQUEST,
  NOT_LATEST_RUN: BAD_REQUEST,
  MISSING_CALLER: BAD_REQUEST,
  REQUEST_TOO_LARGE: { http: 413, name: 'PAYLOAD_TOO_LARGE', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, name: 'UNSUPPORTED_MEDIA_TYPE', retryable: false },
  WORKFLOW_NOT_FOUND: NOT_FOUND,
  VERSION_NOT_FOUND: NOT_FOUND,
  NO_ACTIVE_VERSION: NOT_FOUND,
  INSTANCE_NOT_FOUND: NOT_FOUND,
  STEP_NOT_FOUND: NOT_FOUND,
  SIGNAL_NOT_FOUND: NOT_FOUND,
  LOG_NOT_FOUND: NOT_FOUND,
  TAG_PERMIT_NOT_FOUND: NOT_FOUND,
  JOB_TEMPLATE_NOT_FOUND: NOT_FOUND,
  BULK_JOB_NOT_FOUND: NOT_FOUND,
  WEBHOOK_NOT_FOUND: NOT_FOUND,
  DELIVERY_NOT_FOUND: NOT_FOUND,
  ALERT_NOT_FOUND: NOT_FOUND,
  ROUTE_NOT_FOUND: NOT_FOUND,
  WORKFLOW_HAS_RUNNING_INSTANCES: CONFLICT,
  DELETION_IN_PROGRESS: CONFLICT,
  CONFLICT,
  TRIGGER_CHANGED: CONFLICT,
  RUN_STRATEGY_SWITCH_REFUSED: { http: 412, name: 'PRECONDITION_FAILED', retryable: false },
  TRIGGER_DISABLED: UNPROCESSABLE,
  NOT_SUPPORTED: UNPROCESSABLE,
  PERMISSION_DENIED: { http: 403, name: 'FORBIDDEN', retryable: false },
  TIMED_OUT: { http: 408, name: 'REQUEST_TIMEOUT', retryable: true },
  OVERLOADED: { http: 429, name: 'TOO_MANY_REQUESTS', retryable: true },
  UNAVAILABLE: { http: 503, name: 'SERVICE_UNAVAILABLE', retryable: true },
  INTERNAL: { http: 500, name: 'INTERNAL_ERROR', retryable: false },
};
