import { errorBody, toMaestroError } from '../http/error-answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { serverSentEvent } from '../http/server-sent-event.js';
import { followLog, type LogItem } from '../logs/follow-log.js';
import { logRequestOf, STREAM_NAMES } from '../logs/log-request.js';
import { StampedText } from '../logs/stamped-text.js';
import type { Services } from '../services.js';

async function* events(call: RestCall, services: Services): AsyncGenerator<string> {
  const text = new StampedText(call.query.flag('timestamps', false));
  const request = await logRequestOf(call, services);
  for await (const item of followLog(call, services, request)) yield eventOf(item, text);
}

function eventOf(item: LogItem, text: StampedText): string {
  if (item.kind === 'end') {
    const status = item.status === undefined ? {} : { status: item.status };
    return serverSentEvent('end', { complete: item.complete, ...status }, item.sequence);
  }
  const { stream, time, truncated, sequence } = item.piece;
  const data = { stream: STREAM_NAMES[stream] ?? 'system', time, text: text.add(item.piece) };
  return serverSentEvent('log', truncated ? { ...data, truncated } : data, sequence);
}

/**
 * watchLog: GET .../attempts/{attempt}/log/events as server-sent events: `log` pieces, then `end` when the attempt has ended
 * (`complete` is false when its executor died before it had stored all), or `error` when the stream broke and the client should
 * connect again with `Last-Event-ID`.
 */
export const watchLog: Handler = (call, services) =>
  Promise.resolve({
    kind: 'stream',
    contentType: 'text/event-stream; charset=utf-8',
    pieces: events(call, services),
    heartbeat: ': still here\n\n',
    failure: (error) => serverSentEvent('error', errorBody(toMaestroError(error))),
  });
