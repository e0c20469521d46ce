import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import type { Target } from './check-target.js';

/** HttpRequest is what is sent. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The header that proves who asks: never carried to another origin. */
  readonly authHeader?: string;
  readonly body?: string;
}

/** HttpAnswer is what came back. */
export interface HttpAnswer {
  readonly statusCode: number;
  /** Where a redirect leads. */
  readonly location: string | undefined;
  /** After which time a busy server wants to be asked again, as it says it. */
  readonly retryAfter?: string | undefined;
  readonly body: string;
}

/** TimedOut is a request that took too long; its `code` says what was slow. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(
    readonly code: 'SILENT' | 'TOO_SLOW',
    message: string,
  ) {
    super(message);
  }
}

/** TooLarge is an answer over the limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Spec, part 2 §5.3. */
const MAX_BODY_BYTES = 1024 * 1024;
const SILENCE_MS = 30_000;

/**
 * exchange makes one request to exactly the checked address and reads the answer. Rejects with TooLarge, with TimedOut when
 * all of it takes longer than `limitMs`, or with the socket's error; no redirect is followed here.
 */
export async function exchange(
  target: Target,
  sent: HttpRequest,
  signal: AbortSignal,
  limitMs: number,
): Promise<HttpAnswer> {
  const late = AbortSignal.timeout(limitMs);
  try {
    return await send(target, sent, AbortSignal.any([signal, late]));
  } catch (error) {
    if (!late.aborted || signal.aborted) throw error;
    throw new TimedOut('TOO_SLOW', `it took longer than ${limitMs / 1_000} s`);
  }
}

function send(target: Target, sent: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: sent.method,
      headers: sent.headers,
      lookup: pinned(target.address),
      signal,
      // A connection of its own: a pooled one could belong to another address of the same name.
      agent: false,
      timeout: SILENCE_MS,
    };
    const request = (target.url.protocol === 'https:' ? requestHttps : requestHttp)(target.url, options);
    request.once('timeout', () =>
      request.destroy(new TimedOut('SILENT', `nothing was heard for ${SILENCE_MS / 1_000} s`)),
    );
    request.once('error', reject);
    request.once('response', (answer) => {
      readBody(answer).then((body) => resolve(answerOf(answer, body)), reject);
    });
    request.end(sent.body);
  });
}

function pinned(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_hostname, options, done) => {
    if (options.all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };
}

async function readBody(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new TooLarge(`The answer is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: string): HttpAnswer {
  return { statusCode, location: headers.location, retryAfter: headers['retry-after'], body };
}
