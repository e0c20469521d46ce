import {
  headers as makeHeaders,
  RequestError,
  TimeoutError,
  type Msg,
  type NatsConnection,
} from '@nats-io/transport-node';
import { isErrorCode, MaestroError } from '@maestro/domain';
import { type Logger } from '@maestro/telemetry';
import { encodeHeaders, headerReader, type HeaderReader, type Headers } from './headers.js';

/** RequestHandler answers a request. A MaestroError reaches the requester as it is, any other error as INTERNAL. */
export type RequestHandler = (data: Uint8Array, headers: HeaderReader, subject: string) => Promise<Uint8Array>;

/** HintHandler hears a message that nobody waits for. */
export type HintHandler = (data: Uint8Array, headers: HeaderReader, subject: string) => void;

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly headers?: Headers;
}

/** Listening is a subscription that goes on over reconnects until it is stopped. */
export interface Listening {
  /** stop takes no new messages and resolves when those that arrived were handed to the handler. */
  stop(): Promise<void>;
}

const ERROR_HEADER = 'maestro-error';

/** serve answers requests on a subject; members of one queue group share them. */
export function serve(
  connection: NatsConnection,
  logger: Logger,
  subject: string,
  queue: string | undefined,
  handler: RequestHandler,
): Listening {
  const subscription = connection.subscribe(subject, {
    ...(queue === undefined ? {} : { queue }),
    callback: (error, message) => {
      if (error !== null) logger.error({ err: error, subject }, 'A subscription failed');
      else void answer(message, handler, logger);
    },
  });
  return { stop: () => subscription.drain() };
}

/** listen hears messages on a subject; a handler that throws is logged and hears the next one all the same. */
export function listen(
  connection: NatsConnection,
  logger: Logger,
  subject: string,
  queue: string | undefined,
  handler: HintHandler,
): Listening {
  const subscription = connection.subscribe(subject, {
    ...(queue === undefined ? {} : { queue }),
    callback: (error, message) => {
      try {
        if (error !== null) throw error;
        handler(message.data, headerReader(message), message.subject);
      } catch (err) {
        logger.error({ err, subject }, 'A message could not be handled');
      }
    },
  });
  return { stop: () => subscription.drain() };
}

/**
 * request asks and waits for the answer. Fails with UNAVAILABLE when nobody listens, TIMED_OUT when nobody answers in
 * time (it may have been done), else with the error of the handler.
 */
export async function request(
  connection: NatsConnection,
  subject: string,
  data: Uint8Array,
  options: RequestOptions,
): Promise<Uint8Array> {
  const headers = encodeHeaders(options.headers);
  const reply = await connection
    .request(subject, data, { timeout: options.timeoutMs, ...(headers === undefined ? {} : { headers }) })
    .catch((error: unknown) => {
      throw requestFailure(subject, options.timeoutMs, error);
    });
  const code = reply.headers?.get(ERROR_HEADER);
  if (code === undefined || code === '') return reply.data;
  throw new MaestroError(isErrorCode(code) ? code : 'INTERNAL', reply.string());
}

async function answer(message: Msg, handler: RequestHandler, logger: Logger): Promise<void> {
  try {
    message.respond(await handler(message.data, headerReader(message), message.subject));
  } catch (error) {
    refuse(message, error, logger);
  }
}

function refuse(message: Msg, error: unknown, logger: Logger): void {
  const known = error instanceof MaestroError;
  if (!known) logger.error({ err: error, subject: message.subject }, 'A request failed with an unexpected error');
  const headers = makeHeaders();
  headers.set(ERROR_HEADER, known ? error.code : 'INTERNAL');
  const text = known ? error.message : 'Something went wrong while the request was handled; the log has the cause.';
  try {
    message.respond(new TextEncoder().encode(text), { headers });
  } catch (err) {
    // The connection was closed meanwhile; the requester times out and asks again.
    logger.warn({ err, subject: message.subject }, 'An answer could not be sent');
  }
}

function requestFailure(subject: string, timeoutMs: number, error: unknown): MaestroError {
  if (error instanceof TimeoutError) {
    const message = `No answer on ${subject} within ${String(timeoutMs)} ms; it may have been done all the same.`;
    return new MaestroError('TIMED_OUT', message, { cause: error });
  }
  const nobody = error instanceof RequestError && error.isNoResponders();
  const why = nobody ? 'nobody listens there' : error instanceof Error ? error.message : String(error);
  return new MaestroError('UNAVAILABLE', `The request on ${subject} could not be made: ${why}.`, { cause: error });
}
