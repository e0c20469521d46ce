import { stepInstanceToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

/** attemptOf is the attempt that the path names; 0 (the latest) where it names none. */
export function attemptOf(call: RestCall): number {
  return call.params['attempt'] === undefined ? 0 : Number(call.numberOrLatest('attempt'));
}

/** getStep: GET .../steps/{step} (the latest attempt of the latest run) and .../attempts/{attempt}. */
export const getStep: Handler = async (call, { scheduler }) => {
  const enriched = call.query.flag('enriched', true);
  const request = { run: runOf(call), stepId: call.param('step'), attempt: attemptOf(call), enriched };
  const answer = await scheduler.getStep(request, call.options);
  return ok(() => stepInstanceToJson(expected(answer.step, 'step')));
};
