import { paginationToJson, signalInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

const PAGE_SIZE = 50;

/** listSignals: GET /signals/{name}/instances, newest first (not in the original). */
export const listSignals: Handler = async (call, { signal }) => {
  const request = { name: call.param('name'), page: call.query.page(PAGE_SIZE) };
  const answer = await signal.listSignals(request, call.options);
  return ok(() => paginationToJson(answer.signals.map(signalInstanceToJson), answer.page));
};
