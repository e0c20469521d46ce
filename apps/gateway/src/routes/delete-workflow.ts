import { timelineEventToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { Handler } from '../http/route.js';
import { expected } from './expected.js';

/** deleteWorkflow: DELETE /workflows/{id}; the scheduler decides, because only it knows what runs. */
export const deleteWorkflow: Handler = async (call, { scheduler }) => {
  const request = { requestId: call.idempotencyKey, workflowId: call.param('id') };
  const answer = await scheduler.deleteWorkflow(request, call.options);
  return ok(() => timelineEventToJson(expected(answer.timelineEvent, 'timeline event')));
};
