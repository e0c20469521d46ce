import {
  type Json,
  type JsonObject,
  MaestroError,
  STEP_STATUSES,
  type StepStatus,
  WORKFLOW_INSTANCE_STATUSES,
  type WorkflowInstanceStatus,
} from '@maestro/domain';
import { stringifyJson } from '@maestro/dsl';
import { type ActOnInstancesResponse, BulkAction } from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instanceStatusToProto, stepStatusToProto } from '@maestro/wire';
import { ok } from '../http/answer.js';
import { errorBody, toMaestroError } from '../http/error-answer.js';
import type { RestCall } from '../http/rest-call.js';
import type { Handler } from '../http/route.js';
import type { Services } from '../services.js';
import { expected } from './expected.js';

const ACTIONS: Readonly<Record<string, BulkAction>> = {
  stop: BulkAction.STOP,
  kill: BulkAction.KILL,
  pause: BulkAction.PAUSE,
  resume: BulkAction.RESUME,
  skip: BulkAction.SKIP,
  restart: BulkAction.RESTART,
};

/**
 * actOnInstances: PUT /workflows/{id}/instances/actions/{action}; acts on the latest runs of many instances, by a job that goes on when the
 * connection ends, and answers progress as a line of JSON each; the last one says `finished`. Not in the original.
 */
export const actOnInstances: Handler = (call, services) => {
  const request = requestOf(call);
  return Promise.resolve({
    kind: 'stream',
    contentType: 'application/x-ndjson; charset=utf-8',
    pieces: lines(call, services, request),
    failure: (error) => line(errorBody(toMaestroError(error))),
  });
};

async function* lines(
  call: RestCall,
  { actions }: Services,
  request: ReturnType<typeof requestOf>,
): AsyncGenerator<string> {
  const signal = AbortSignal.any([call.signal, call.draining]);
  for await (const progress of actions.actOnInstances(request, { ...call.options, signal }))
    yield line(toJson(progress));
}

/** getBulkJob: GET /bulk-jobs/{job}; how far an act on many runs is. Not in the original. */
export const getBulkJob: Handler = async (call, { actions }) => {
  const { progress } = await actions.getBulkJob({ jobId: call.number('job') }, call.options);
  return ok(() => toJson(expected(progress, 'progress')));
};

/** cancelBulkJob: DELETE /bulk-jobs/{job}; what it has done stays done. Not in the original. */
export const cancelBulkJob: Handler = async (call, { actions }) => {
  const { progress } = await actions.cancelBulkJob({ jobId: call.number('job') }, call.options);
  return ok(() => toJson(expected(progress, 'progress')));
};

const line = (json: Json): string => `${stringifyJson(json)}\n`;

function toJson(progress: ActOnInstancesResponse): JsonObject {
  const { jobId, total, done, passedOver, failed, failures, finished, cancelled } = progress;
  return {
    job_id: jobId,
    total,
    done,
    passed_over: passedOver,
    failed,
    failures: failures.map(({ workflowInstanceId, code, message }) => ({
      workflow_instance_id: workflowInstanceId,
      code,
      message,
    })),
    finished,
    ...(cancelled ? { cancelled } : {}),
  };
}

function requestOf(call: RestCall) {
  const { query } = call;
  const action = ACTIONS[call.param('action')];
  if (action === undefined) throw refusal('action', `must be one of ${Object.keys(ACTIONS).join(', ')}`);
  return {
    requestId: call.idempotencyKey,
    workflowId: call.param('id'),
    action,
    statuses: query.list('status').map((text) => instanceStatusToProto(instanceStatus(text))),
    stepId: query.text('step'),
    stepStatuses: query.list('step_status').map((text) => stepStatusToProto(stepStatus(text))),
    reason: query.text('reason'),
  };
}

function instanceStatus(text: string): WorkflowInstanceStatus {
  const status = WORKFLOW_INSTANCE_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  throw refusal('status', `must be one of ${WORKFLOW_INSTANCE_STATUSES.join(', ')}, not "${text}"`);
}

function stepStatus(text: string): StepStatus {
  const status = STEP_STATUSES.find((each) => each === text.toUpperCase());
  if (status !== undefined) return status;
  throw refusal('step_status', `must be one of ${STEP_STATUSES.join(', ')}, not "${text}"`);
}

function refusal(path: string, message: string): MaestroError {
  return new MaestroError('INVALID_REQUEST', `The ${path} ${message}.`, { violations: [{ path, message }] });
}
