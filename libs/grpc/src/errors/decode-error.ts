import { fromBinary, type MessageShape } from '@bufbuild/protobuf';
import { anyUnpack, type Any, type Duration } from '@bufbuild/protobuf/wkt';
import { status as Status, type ServiceError } from '@grpc/grpc-js';
import {
  isErrorCode,
  MaestroError,
  type ErrorCode,
  type ErrorDetails,
  type FieldViolation,
  type TextPosition,
} from '@maestro/domain';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from '@maestro/proto/google/rpc/error_details';
import { StatusSchema } from '@maestro/proto/google/rpc/status';
import { ERROR_DOMAIN, positionKey, STATUS_DETAILS_KEY, withinKey } from './details-key.js';
import { CODE_OF_STATUS } from './status-of-code.js';

type ErrorInfo = MessageShape<typeof ErrorInfoSchema>;
type RpcStatus = MessageShape<typeof StatusSchema>;

/** decodeError makes a MaestroError of whatever a grpc-js call failed with; `call` names it in errors gRPC itself made. */
export function decodeError(error: unknown, call: string): MaestroError {
  if (error instanceof MaestroError) return error;
  if (!isServiceError(error)) {
    return new MaestroError('INTERNAL', `${call} failed: ${messageOf(error)}`, { cause: error });
  }
  const rich = richStatus(error);
  const info = rich?.details.map(unpackErrorInfo).find((found) => found?.domain === ERROR_DOMAIN);
  if (rich === undefined || info === undefined || !isErrorCode(info.reason)) return plainError(error, call);
  return new MaestroError(info.reason, rich.message, detailsOf(rich.details, info, error));
}

function plainError(error: ServiceError, call: string): MaestroError {
  return new MaestroError(plainCode(error), `${call}: ${error.details}`, { cause: error });
}

function plainCode(error: ServiceError): ErrorCode {
  // gRPC uses one status for "too many calls" and "message too large"; only its text tells them apart.
  if (error.code === Status.RESOURCE_EXHAUSTED && /message .*larger than/i.test(error.details)) {
    return 'REQUEST_TOO_LARGE';
  }
  return CODE_OF_STATUS[error.code];
}

function detailsOf(details: readonly Any[], info: ErrorInfo, cause: unknown): ErrorDetails {
  const found = details.flatMap((any) => anyUnpack(any, BadRequestSchema)?.fieldViolations ?? []);
  const keys = found.flatMap((_, index) => [positionKey(index), withinKey(index)]);
  const violations = found.map(({ field, description }, index) =>
    violation(field, description, info.metadata[positionKey(index)], info.metadata[withinKey(index)]),
  );
  const metadata = Object.fromEntries(Object.entries(info.metadata).filter(([key]) => !keys.includes(key)));
  const retry = details.map((any) => anyUnpack(any, RetryInfoSchema)?.retryDelay).find((delay) => delay !== undefined);
  return { violations, metadata, cause, ...(retry === undefined ? {} : { retryAfterMs: milliseconds(retry) }) };
}

function violation(
  path: string,
  message: string,
  position: string | undefined,
  inside: string | undefined,
): FieldViolation {
  const [place, within] = [positionOf(position), positionOf(inside)];
  return { path, message, ...place, ...(within === undefined ? {} : { within }) };
}

function positionOf(text: string | undefined): TextPosition | undefined {
  const [line, column] = (text ?? '').split(':').map(Number);
  return line === undefined || column === undefined ? undefined : { line, column };
}

function milliseconds(delay: Duration): number {
  return Number(delay.seconds) * 1000 + delay.nanos / 1e6;
}

function richStatus(error: ServiceError): RpcStatus | undefined {
  const [bytes] = error.metadata.get(STATUS_DETAILS_KEY);
  if (!Buffer.isBuffer(bytes)) return undefined;
  try {
    return fromBinary(StatusSchema, bytes);
  } catch {
    // Details are an addition: an error with broken details is still the error that its status names.
    return undefined;
  }
}

function unpackErrorInfo(any: Any): ErrorInfo | undefined {
  return anyUnpack(any, ErrorInfoSchema);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' && 'metadata' in error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
