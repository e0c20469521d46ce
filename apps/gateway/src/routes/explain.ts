import { explainToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { runOf } from './run-reference.js';

/** explain: GET .../runs/{run}/explain and .../steps/{step}/explain; why it is not moving, and what would move it. */
export const explain: Handler = async (call, { scheduler }) => {
  const request = { run: runOf(call), stepId: call.params['step'] ?? '' };
  const answer = await scheduler.explain(request, call.options);
  return ok(() => explainToJson(answer));
};
