import { MaestroError } from '@maestro/domain';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** receiveTraces: POST /v1/traces, the path where OTLP exporters send; for development. */
export const receiveTraces: Handler = async (call, { traces }) => {
  traces.add(await call.json());
  return ok(() => ({}));
};

/** getTrace: GET /dev/traces/{trace}; the spans of all services that belong to one trace. */
export const getTrace: Handler = (call, { traces }) => {
  const spans = traces.get(call.param('trace'));
  if (spans === undefined) {
    const message = 'No span of this trace has arrived; services send them to this gateway with MAESTRO_OTLP_URL set.';
    throw new MaestroError('ROUTE_NOT_FOUND', message);
  }
  const flat = spans.map(({ service, span }) => ({ service, ...span }));
  return Promise.resolve(ok(() => ({ trace_id: call.param('trace'), spans: flat })));
};
