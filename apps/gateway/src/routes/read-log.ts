import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';
import { toMaestroError } from '../http/error-answer.js';
import { attemptOf } from './get-step.js';
import { runOf } from './run-reference.js';

const TRUNCATED = '\n[the log was cut here: it reached its size limit]\n';

async function* pieces(call: RestCall, { executor }: Services): AsyncGenerator<Uint8Array | string> {
  const { query } = call;
  const step = { ...runOf(call), stepId: call.param('step'), attempt: attemptOf(call) };
  const request = { ...step, follow: query.flag('follow', false), offset: query.natural('offset') };
  const signal = AbortSignal.any([call.signal, call.draining]);
  for await (const { data, truncated } of executor.readLog(request, { ...call.options, signal })) {
    if (data.length > 0) yield data;
    if (truncated) yield TRUNCATED;
  }
}

/** readLog: GET .../attempts/{attempt}/log as text; `follow=true` goes on until the attempt has ended. */
export const readLog: Handler = (call, services) =>
  Promise.resolve({
    kind: 'stream',
    contentType: 'text/plain; charset=utf-8',
    pieces: pieces(call, services),
    failure: (error) => `\n[the log broke off: ${toMaestroError(error).message}]\n`,
  });
