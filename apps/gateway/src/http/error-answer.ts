import { type FieldViolation, type JsonObject, MaestroError } from '@maestro/domain';
import { HTTP_STATUS_OF_CODE } from './status-of-code.js';

/** toMaestroError makes an INTERNAL error of whatever our own code failed with; callers do not see its text. */
export function toMaestroError(error: unknown): MaestroError {
  if (error instanceof MaestroError) return error;
  return new MaestroError('INTERNAL', 'The gateway failed on this request; its log has the reason.', { cause: error });
}

function violationToJson({ path, message, line, column }: FieldViolation): JsonObject {
  return {
    path,
    message,
    ...(line === undefined ? {} : { line: BigInt(line) }),
    ...(column === undefined ? {} : { column: BigInt(column) }),
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
