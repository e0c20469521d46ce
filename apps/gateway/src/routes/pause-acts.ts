import { instanceActionToJson, timelineEventToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';
import { runOf } from './run-reference.js';

const ofRun = (call: RestCall) => ({
  requestId: call.idempotencyKey,
  run: runOf(call),
  reason: call.query.text('reason'),
});
const ofWorkflow = (call: RestCall) => ({
  requestId: call.idempotencyKey,
  workflowId: call.param('id'),
  reason: call.query.text('reason'),
});

/** pauseInstance: PUT .../actions/pause of an instance (its latest run) or of a run; not in the original. */
export const pauseInstance: Handler = async (call, { actions }) => {
  const answer = await actions.pauseInstance(ofRun(call), call.options);
  return ok(() => instanceActionToJson(expected(answer.result, 'result')));
};

/** resumeInstance: PUT .../actions/resume of an instance or of a run; not in the original. */
export const resumeInstance: Handler = async (call, { actions }) => {
  const answer = await actions.resumeInstance(ofRun(call), call.options);
  return ok(() => instanceActionToJson(expected(answer.result, 'result')));
};

/** pauseWorkflow: PUT /workflows/{id}/actions/pause; not in the original. */
export const pauseWorkflow: Handler = async (call, { actions }) => {
  const answer = await actions.pauseWorkflow(ofWorkflow(call), call.options);
  return ok(() => timelineEventToJson(expected(answer.timelineEvent, 'timeline_event')));
};

/** resumeWorkflow: PUT /workflows/{id}/actions/resume; not in the original. */
export const resumeWorkflow: Handler = async (call, { actions }) => {
  const answer = await actions.resumeWorkflow(ofWorkflow(call), call.options);
  return ok(() => timelineEventToJson(expected(answer.timelineEvent, 'timeline_event')));
};
