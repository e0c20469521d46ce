import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';

/** listSignalNames: GET /signals, names by prefix in their order (not in the original). */
export const listSignalNames: Handler = async (call, { signal }) => {
  const { query } = call;
  const request = {
    prefix: query.text('prefix'),
    after: query.text('after'),
    pageSize: Number(query.natural('first')),
  };
  const { names, more } = await signal.listSignalNames(request, call.options);
  return ok(() => ({ names: names.map(({ name, lastSeqId }) => ({ name, last_seq_id: lastSeqId })), more }));
};
