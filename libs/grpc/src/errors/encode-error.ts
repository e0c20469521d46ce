import { create, toBinary, type MessageShape } from '@bufbuild/protobuf';
import { anyPack, type Any } from '@bufbuild/protobuf/wkt';
import { Metadata, type ServerErrorResponse } from '@grpc/grpc-js';
import { type FieldViolation, type MaestroError } from '@maestro/domain';
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from '@maestro/proto/google/rpc/error_details';
import { StatusSchema } from '@maestro/proto/google/rpc/status';
import { ERROR_DOMAIN, OMITTED_VIOLATIONS_KEY, positionKey, STATUS_DETAILS_KEY, withinKey } from './details-key.js';
import { STATUS_OF_CODE } from './status-of-code.js';

/** gRPC clients of other languages refuse more than 8 KB of trailers, which hold the details in base64 and the message. */
const MAX_DETAIL_BYTES = 4_000;
/** A position in the metadata, with its key. */
const POSITION_BYTES = 40;
const MAX_MESSAGE_CHARS = 1_000;

/** encodeError makes of an error what grpc-js sends: a status and, in a trailer, the rich details. */
export function encodeError(error: MaestroError): ServerErrorResponse {
  const code = STATUS_OF_CODE[error.code];
  const message = error.message.slice(0, MAX_MESSAGE_CHARS);
  const status = create(StatusSchema, { code, message, details: detailsOf(error) });
  const metadata = new Metadata();
  metadata.set(STATUS_DETAILS_KEY, Buffer.from(toBinary(StatusSchema, status)));
  return { name: error.name, code, message, details: message, metadata };
}

function detailsOf(error: MaestroError): Any[] {
  const kept = fitting(error.violations);
  const details = [anyPack(ErrorInfoSchema, errorInfo(error, kept))];
  if (kept.length > 0) {
    const fieldViolations = kept.map(({ path, message }) => ({ field: path, description: message }));
    details.push(anyPack(BadRequestSchema, create(BadRequestSchema, { fieldViolations })));
  }
  if (error.retryAfterMs !== undefined) {
    details.push(anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: duration(error.retryAfterMs) })));
  }
  return details;
}

function errorInfo(error: MaestroError, kept: readonly FieldViolation[]): MessageShape<typeof ErrorInfoSchema> {
  const metadata: Record<string, string> = { ...error.metadata };
  kept.forEach(({ line, column, within }, index) => {
    if (line !== undefined) metadata[positionKey(index)] = `${String(line)}:${String(column ?? 1)}`;
    if (within !== undefined) metadata[withinKey(index)] = `${String(within.line)}:${String(within.column)}`;
  });
  const omitted = error.violations.length - kept.length;
  if (omitted > 0) metadata[OMITTED_VIOLATIONS_KEY] = String(omitted);
  return create(ErrorInfoSchema, { reason: error.code, domain: ERROR_DOMAIN, metadata });
}

function fitting(violations: readonly FieldViolation[]): readonly FieldViolation[] {
  let bytes = 0;
  const end = violations.findIndex(({ path, message, line, within }) => {
    const positions = (line === undefined ? 0 : POSITION_BYTES) + (within === undefined ? 0 : POSITION_BYTES);
    bytes += Buffer.byteLength(path) + Buffer.byteLength(message) + positions + 8;
    return bytes > MAX_DETAIL_BYTES;
  });
  return end < 0 ? violations : violations.slice(0, end);
}

function duration(ms: number): { seconds: bigint; nanos: number } {
  const whole = Math.floor(ms / 1000);
  return { seconds: BigInt(whole), nanos: Math.round((ms - whole * 1000) * 1e6) };
}
