import { signalInstanceToJson } from '@maestro/wire';
import { errorBody, toMaestroError } from '../http/error-answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { serverSentEvent } from '../http/server-sent-event.js';
import type { Services } from '../services.js';

async function* events(call: RestCall, name: string, services: Services): AsyncGenerator<string> {
  const signal = AbortSignal.any([call.signal, call.draining]);
  let id = 0;
  for await (const update of services.signal.watchSignals({ name }, { ...call.options, signal }))
    if (update.signal !== undefined) yield serverSentEvent('signal', signalInstanceToJson(update.signal), ++id);
}

function watching(nameOf: (call: RestCall) => string): Handler {
  return (call, services) =>
    Promise.resolve({
      kind: 'stream',
      contentType: 'text/event-stream; charset=utf-8',
      pieces: events(call, nameOf(call), services),
      heartbeat: ': still here\n\n',
      failure: (error) => serverSentEvent('error', errorBody(toMaestroError(error))),
    });
}

/** watchSignal: GET /signals/{name}/events as server-sent events `signal`, from now on; what came before is in the list. */
export const watchSignal = watching((call) => call.param('name'));

/** watchSignals: GET /signals/events, the same of all signals. */
export const watchSignals = watching(() => '');
