/**
 * ERROR_CODES is the closed list of what can go wrong for a caller. Each has a page under `docs/errors/`, a gRPC status
 * (libs/grpc) and an HTTP status (apps/gateway).
 */
export const ERROR_CODES = [
  'INVALID_REQUEST',
  'INVALID_DEFINITION',
  'INVALID_PARAM',
  'INVALID_PAGE_TOKEN',
  'INVALID_STATE',
  'NOT_LATEST_RUN',
  'MISSING_CALLER',
  'REQUEST_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'WORKFLOW_NOT_FOUND',
  'VERSION_NOT_FOUND',
  'NO_ACTIVE_VERSION',
  'INSTANCE_NOT_FOUND',
  'STEP_NOT_FOUND',
  'SIGNAL_NOT_FOUND',
  'LOG_NOT_FOUND',
  'TAG_PERMIT_NOT_FOUND',
  'JOB_TEMPLATE_NOT_FOUND',
  'BULK_JOB_NOT_FOUND',
  'WEBHOOK_NOT_FOUND',
  'DELIVERY_NOT_FOUND',
  'ALERT_NOT_FOUND',
  'ROUTE_NOT_FOUND',
  'WORKFLOW_HAS_RUNNING_INSTANCES',
  'DELETION_IN_PROGRESS',
  'CONFLICT',
  'TRIGGER_CHANGED',
  'RUN_STRATEGY_SWITCH_REFUSED',
  'TRIGGER_DISABLED',
  'NOT_SUPPORTED',
  'PERMISSION_DENIED',
  'TIMED_OUT',
  'OVERLOADED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** isErrorCode says whether a text from outside is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(text);
}

/** FieldViolation is one thing wrong with the input and where: `steps[2].transition.successors.load`. */
export interface FieldViolation {
  readonly path: string;
  readonly message: string;
  /** 1-based position in the text that was sent, where it is known. */
  readonly line?: number;
  readonly column?: number;
  /** Position inside of the expression or text at `path`, when the fault lies in one. */
  readonly within?: TextPosition;
  /** The line of that expression or text with a caret below the position. */
  readonly excerpt?: string;
}

/** TextPosition is a place in a text; both numbers are 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export interface ErrorDetails {
  readonly violations?: readonly FieldViolation[];
  /** Facts for programs: ids, limits, counts. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** MaestroError is the one error that crosses services intact. Its message says what is wrong, where, and what to do. */
export class MaestroError extends Error {
  override readonly name = 'MaestroError';
  readonly violations: readonly FieldViolation[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.violations = details.violations ?? [];
    this.metadata = details.metadata ?? {};
    this.retryAfterMs = details.retryAfterMs;
  }
}
