import { type DescMessage, type Message } from '@bufbuild/protobuf';
import { MaestroError, type FieldViolation } from '@maestro/domain';
import { type Logger } from '@maestro/telemetry';
import { type Interceptor } from './interceptor.js';
import { type ServerCall } from './server-call.js';

/** RequestValidator answers with what is wrong with a message; nothing when it is fine. */
export type RequestValidator = (type: DescMessage, message: Message) => readonly FieldViolation[];

/** CallRuntime is what all calls of a server share. */
export interface CallRuntime {
  readonly logger: Logger;
  readonly around: Interceptor;
  readonly validate: RequestValidator | undefined;
  /** For calls with one answer that came without a deadline. */
  readonly defaultDeadlineMs: number;
  readonly draining: AbortSignal;
  /** Calls that are open now. */
  readonly open: Set<ServerCall>;
}

/** checkRequest throws INVALID_REQUEST with all violations of a message. */
export function checkRequest(runtime: CallRuntime, type: DescMessage, message: Message): void {
  const violations = runtime.validate?.(type, message) ?? [];
  if (violations.length === 0) return;
  const said = violations.map(({ path, message: text }) => `${path}: ${text}`).join('; ');
  throw new MaestroError('INVALID_REQUEST', `The ${type.name} is not valid: ${said}`, { violations });
}
