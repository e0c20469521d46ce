import { toMaestroError } from '../http/error-answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { followLog } from '../logs/follow-log.js';
import { logRequestOf } from '../logs/log-request.js';
import { StampedText } from '../logs/stamped-text.js';
import type { Services } from '../services.js';

const NO_END = '\n[the log breaks off here: its executor was lost]\n';

async function* pieces(call: RestCall, services: Services): AsyncGenerator<Uint8Array | string> {
  const timestamps = call.query.flag('timestamps', false);
  const follow = call.query.flag('follow', false);
  const request = await logRequestOf(call, services);
  const text = new StampedText(true);
  const shown = (piece: Parameters<StampedText['add']>[0]) => (timestamps ? text.add(piece) : piece.data);
  if (!follow) {
    const signal = AbortSignal.any([call.signal, call.draining]);
    for await (const piece of services.executor.readLog(request, { ...call.options, signal })) yield shown(piece);
    return;
  }
  for await (const item of followLog(call, services, request)) {
    if (item.kind === 'piece') yield shown(item.piece);
    else if (!item.complete) yield NO_END;
  }
}

/**
 * readLog: GET .../attempts/{attempt}/log as text; `follow=true` goes on until the attempt has ended. `tail` lines, only some
 * `stream`s, and `timestamps` before each line.
 */
export const readLog: Handler = (call, services) =>
  Promise.resolve({
    kind: 'stream',
    contentType: 'text/plain; charset=utf-8',
    pieces: pieces(call, services),
    failure: (error) => `\n[the log broke off: ${toMaestroError(error).message}]\n`,
  });
