import { isTerminalInstance } from '@maestro/domain';
import { instanceStatusFromProto, stepInstanceToJson, workflowInstanceToJson } from '@maestro/wire';
import { errorBody, toMaestroError } from '../http/error-answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { serverSentEvent } from '../http/server-sent-event.js';
import type { Services } from '../services.js';
import { runOf } from './run-reference.js';

/** The first event has the whole run, so a client that reconnects needs no `Last-Event-ID`: it just starts over. */
async function* events(call: RestCall, { scheduler }: Services): AsyncGenerator<string> {
  const signal = AbortSignal.any([call.signal, call.draining]);
  let id = 0;
  for await (const update of scheduler.watchInstance({ run: runOf(call) }, { ...call.options, signal })) {
    const steps = update.steps.map(stepInstanceToJson);
    if (update.instance === undefined) {
      yield serverSentEvent('run', { steps }, ++id);
      continue;
    }
    yield serverSentEvent('run', { instance: workflowInstanceToJson(update.instance), steps }, ++id);
    const status = instanceStatusFromProto(update.instance.status);
    if (!isTerminalInstance(status)) continue;
    yield serverSentEvent('end', { status });
    return;
  }
}

/**
 * watchRun: GET .../runs/{run}/events as server-sent events: `run` (first the whole run, then what changed), `end` when the
 * run has ended, `error` when the stream broke and the client should connect again.
 */
export const watchRun: Handler = (call, services) =>
  Promise.resolve({
    kind: 'stream',
    contentType: 'text/event-stream; charset=utf-8',
    pieces: events(call, services),
    heartbeat: ': still here\n\n',
    failure: (error) => serverSentEvent('error', errorBody(toMaestroError(error))),
  });
