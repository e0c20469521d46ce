import { randomUUID } from 'node:crypto';
import type { Json, JsonObject, StartRequest } from '@maestro/domain';
import { readStartRequest } from '@maestro/dsl';
import { startRequestToProto, startResponseToJson } from '@maestro/wire';
import { ok } from '../http/answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';

/** A request id is optional: who sends none cannot repeat the start safely. */
function withRequestId(body: Json, call: RestCall): Json {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  if (!isObject || (body as JsonObject)['request_id'] !== undefined) return body;
  return { ...(body as JsonObject), request_id: call.header('idempotency-key') ?? randomUUID() };
}

/** Who starts by hand is who calls, whatever the body says. */
function withCaller(request: StartRequest, caller: string): StartRequest {
  if (request.initiator.type !== 'MANUAL') return request;
  return { ...request, initiator: { type: 'MANUAL', user: { name: caller } } };
}

/** startWorkflow: POST /workflows/{id}/versions/{version}/actions/start. */
export const startWorkflow: Handler = async (call, { scheduler }) => {
  const request = readStartRequest(withRequestId(await call.json(), call));
  const target = { workflowId: call.param('id'), version: call.param('version') };
  const message = startRequestToProto(target, withCaller(request, call.requireCaller()));
  const answer = await scheduler.startWorkflow(message, call.options);
  return ok(() => startResponseToJson(answer));
};
