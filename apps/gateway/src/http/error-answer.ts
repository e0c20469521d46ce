import { type FieldViolation, type JsonObject, MaestroError } from '@maestro/domain';
import { HTTP_STATUS_OF_CODE } from './status-of-code.js';

/** Errors that gRPC itself made begin with the path of the method: `/maestro.scheduler.v1.SchedulerService/GetStep: ...`. */
const OF_GRPC = /^\/maestro\.(\w+)\.v1\.\w+\/\w+: /;

/** What gRPC says about its connections helps operators (the log has it), not callers. */
function forCaller(error: MaestroError): MaestroError {
  const service = OF_GRPC.exec(error.message)?.[1];
  if (service === undefined) return error;
  const unavailable = `The ${service} service cannot be reached at the moment. Send the request again in a while.`;
  if (error.code === 'UNAVAILABLE') return new MaestroError('UNAVAILABLE', unavailable, { cause: error });
  if (error.code !== 'TIMED_OUT') return error;
  return new MaestroError('TIMED_OUT', `The ${service} service did not answer in time.`, { cause: error });
}

/** toMaestroError makes an INTERNAL error of whatever our own code failed with; callers do not see its text. */
export function toMaestroError(error: unknown): MaestroError {
  if (error instanceof MaestroError) return forCaller(error);
  return new MaestroError('INTERNAL', 'The gateway failed on this request; its log has the reason.', { cause: error });
}

function violationToJson({ path, message, line, column, excerpt }: FieldViolation): JsonObject {
  return {
    path,
    message,
    ...(line === undefined ? {} : { line: BigInt(line) }),
    ...(column === undefined ? {} : { column: BigInt(column) }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

function violationText({ path, message, line, column }: FieldViolation): string {
  const place = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`;
  return `${path === '' ? '' : `${path}: `}${message}${place}`;
}

/**
 * errorBody: `status, message, errors, retryable` are the original's; `code`, `violations` and `metadata` say it
 * precisely for programs.
 */
export function errorBody(error: MaestroError): JsonObject {
  const { name, retryable } = HTTP_STATUS_OF_CODE[error.code];
  return {
    status: name,
    message: error.message,
    errors: error.violations.map(violationText),
    retryable,
    code: error.code,
    ...(error.violations.length === 0 ? {} : { violations: error.violations.map(violationToJson) }),
    ...(Object.keys(error.metadata).length === 0 ? {} : { metadata: error.metadata }),
  };
}
