import { MaestroError, type FieldViolation } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import {
  ActionService,
  BulkAction,
  type ActOnInstancesRequest,
} from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instanceStatusFromProto, stepStatusFromProto } from '@maestro/wire';
import { callerOf } from '@maestro/service';
import type { BulkJob, BulkWish } from '../ports/bulk-job-store.js';
import type { BulkActionName } from '../usecases/bulk-acts.js';
import { Latch } from '../watch/latch.js';
import type { BulkRpcDeps } from './action-deps.js';
import { bulkProgress, foundJob } from './bulk-progress.js';

const ACTIONS: Readonly<Partial<Record<BulkAction, BulkActionName>>> = {
  [BulkAction.STOP]: 'STOP',
  [BulkAction.KILL]: 'KILL',
  [BulkAction.PAUSE]: 'PAUSE',
  [BulkAction.RESUME]: 'RESUME',
  [BulkAction.SKIP]: 'SKIP',
  [BulkAction.RESTART]: 'RESTART',
};
/** A job is looked at this often; small ones have ended by the first look. */
const LOOK_MS = 250;
const FIRST_LOOK_MS = 25;

/** actOnInstancesRpc serves ActOnInstances: the job is kept before anything is told of it. */
export function actOnInstancesRpc(deps: BulkRpcDeps): Handler<typeof ActionService.method.actOnInstances> {
  return async function* (request, context) {
    const over = AbortSignal.any([context.signal, context.draining]);
    const wish = wishOf(request, callerOf(context));
    if ((await deps.reader.queue(wish.workflowId)) === undefined)
      await deps.definitions.resolve(wish.workflowId, 'latest');
    let job = await addJob(deps, wish);
    deps.nudgeJobs();
    let told: BulkJob | undefined;
    for (let wait = FIRST_LOOK_MS; !over.aborted; wait = LOOK_MS) {
      if (told === undefined || hasMoved(told, job)) yield bulkProgress(job, told?.failures.length ?? 0);
      if (job.ended) return;
      told = job;
      await new Latch().past(wait, over);
      job = await foundJob(deps.jobs, job.jobId);
    }
  };
}

async function addJob({ jobs, now }: BulkRpcDeps, wish: BulkWish): Promise<BulkJob> {
  const job = await jobs.add(wish, now());
  if (JSON.stringify(job.wish) === JSON.stringify(wish)) return job;
  throw new MaestroError('CONFLICT', 'This request id has been used to do something else to many runs. Use a new one.');
}

function hasMoved(before: BulkJob, after: BulkJob): boolean {
  return before.cursor !== after.cursor || before.total !== after.total || before.ended !== after.ended;
}

function wishOf(request: ActOnInstancesRequest, by: string): BulkWish {
  const { requestId, workflowId, stepId, reason } = request;
  const action = ACTIONS[request.action];
  const needsStep = action === 'SKIP' || request.stepStatuses.length > 0;
  const violations: FieldViolation[] = [
    ...(workflowId === '' ? [{ path: 'workflow_id', message: 'is required' }] : []),
    ...(action === undefined ? [{ path: 'action', message: 'is required' }] : []),
    ...(needsStep && stepId === ''
      ? [{ path: 'step_id', message: 'is required to skip, and with step_statuses' }]
      : []),
  ];
  if (action === undefined || violations.length > 0)
    throw new MaestroError('INVALID_REQUEST', 'The request does not say what to do, and to what.', { violations });
  const statuses = request.statuses.map((status, index) => instanceStatusFromProto(status, `statuses[${index}]`));
  const stepStatuses = request.stepStatuses.map((status, index) =>
    stepStatusFromProto(status, `step_statuses[${index}]`),
  );
  return { requestId, workflowId, action, statuses, stepId, stepStatuses, by, reason };
}
