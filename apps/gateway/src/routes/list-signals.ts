import { paginationToJson, signalInstanceToJson, signalMatchesToProto } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { readMatches } from './signal-filter.js';

const PAGE_SIZE = 50;

/**
 * listSignals: GET /signals/{name}/instances, newest first (not in the original). `match` (repeated) compares params, `since` and `until`
 * are milliseconds.
 */
export const listSignals: Handler = async (call, { signal }) => {
  const { query } = call;
  const request = {
    name: call.param('name'),
    page: query.page(PAGE_SIZE),
    matchParams: signalMatchesToProto(readMatches(query.all('match'))),
    since: query.natural('since'),
    until: query.natural('until'),
  };
  const answer = await signal.listSignals(request, call.options);
  return ok(() => paginationToJson(answer.signals.map(signalInstanceToJson), answer.page));
};
