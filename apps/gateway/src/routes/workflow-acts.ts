import type { TimelineEvent } from '@maestro/proto/maestro/types/v1/instance';
import { timelineEventToJson } from '@maestro/wire';
import { accepted, type Answer, ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

const goesOn = (event: TimelineEvent | undefined): Answer =>
  accepted(() => timelineEventToJson(expected(event, 'timeline event')));

/** stopWorkflow: PUT /workflows/{id}/actions/stop; all queued and running instances. */
export const stopWorkflow: Handler = async (call, { scheduler }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), reason: call.query.text('reason') };
  return goesOn((await scheduler.stopWorkflow(request, call.options)).timelineEvent);
};

/** killWorkflow: PUT /workflows/{id}/actions/kill; all queued and running instances end FAILED. */
export const killWorkflow: Handler = async (call, { scheduler }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id'), reason: call.query.text('reason') };
  return goesOn((await scheduler.killWorkflow(request, call.options)).timelineEvent);
};

/** unblockWorkflow: PUT /workflows/{id}/actions/unblock; failed instances no longer hold up a strict queue. */
export const unblockWorkflow: Handler = async (call, { scheduler }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id') };
  const answer = await scheduler.unblockWorkflow(request, call.options);
  return ok(() => timelineEventToJson(expected(answer.timelineEvent, 'timeline event')));
};
