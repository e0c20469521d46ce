import { instanceActionToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

const actOf = (call: RestCall) => ({
  requestId: call.idempotencyKey,
  run: runOf(call),
  reason: call.query.text('reason'),
});

/** stopInstance: PUT .../actions/stop of an instance (its latest run) or of a run. */
export const stopInstance: Handler = async (call, { scheduler }) => {
  const answer = await scheduler.stopInstance(actOf(call), call.options);
  return ok(() => instanceActionToJson(expected(answer.result, 'result')));
};

/** killInstance: PUT .../actions/kill of an instance (its latest run) or of a run. */
export const killInstance: Handler = async (call, { scheduler }) => {
  const answer = await scheduler.killInstance(actOf(call), call.options);
  return ok(() => instanceActionToJson(expected(answer.result, 'result')));
};

/** unparkRun: PUT .../runs/{run}/actions/unpark; replays what a run parked by an error has stored (not in the original). */
export const unparkRun: Handler = async (call, { scheduler }) => {
  const { requestId, run } = actOf(call);
  const answer = await scheduler.unparkRun({ requestId, run }, call.options);
  return ok(() => instanceActionToJson(expected(answer.result, 'result')));
};
