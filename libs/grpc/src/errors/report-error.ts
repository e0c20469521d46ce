import { randomUUID } from 'node:crypto';
import { MaestroError } from '@maestro/domain';
import { type Logger } from '@maestro/telemetry';
import { type CallContext } from '../call-context.js';
import { methodPath } from '../service-definition.js';

/**
 * reportError makes an error fit to leave the process. What is not a MaestroError was not meant for callers: it is
 * logged under an id and the caller is given the id only.
 */
export function reportError(error: unknown, context: CallContext, logger: Logger): MaestroError {
  if (error instanceof MaestroError) return error;
  const errorId = randomUUID();
  const facts = { err: error, errorId, method: methodPath(context.method), caller: context.caller };
  logger.error(facts, 'A call failed with an error that no caller should see');
  const message = `Something went wrong inside the service; its log holds the cause under the id ${errorId}.`;
  return new MaestroError('INTERNAL', message, { metadata: { error_id: errorId } });
}
