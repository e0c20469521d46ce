import { MaestroError, type FieldViolation } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import {
  ActionService,
  BulkAction,
  type ActOnInstancesRequest,
} from '@maestro/proto/maestro/scheduler/v1/action_service';
import { instanceStatusFromProto, stepStatusFromProto } from '@maestro/wire';
import {
  actOnInstances,
  type ActOnInstancesDeps,
  type BulkAsk,
  type BulkProgress,
} from '../usecases/act-on-instances.js';
import type { BulkActionName } from '../usecases/bulk-acts.js';
import { callerOf } from './caller-of.js';

const ACTIONS: Readonly<Partial<Record<BulkAction, BulkActionName>>> = {
  [BulkAction.STOP]: 'STOP',
  [BulkAction.KILL]: 'KILL',
  [BulkAction.PAUSE]: 'PAUSE',
  [BulkAction.RESUME]: 'RESUME',
  [BulkAction.SKIP]: 'SKIP',
  [BulkAction.RESTART]: 'RESTART',
};
/** Progress of quick acts is told this often. */
const TELL_MS = 500;

/** actOnInstancesRpc serves ActOnInstances. */
export function actOnInstancesRpc(deps: ActOnInstancesDeps): Handler<typeof ActionService.method.actOnInstances> {
  return async function* (request, context) {
    const over = AbortSignal.any([context.signal, context.draining]);
    const ask = askOf(request, callerOf(context), over);
    if ((await deps.reader.queue(ask.workflowId)) === undefined)
      await deps.definitions.resolve(ask.workflowId, 'latest');
    let toldAt = -Infinity;
    let failures: BulkProgress['failures'] = [];
    for await (const progress of actOnInstances(deps, ask)) {
      failures = [...failures, ...progress.failures];
      if (!progress.finished && performance.now() < toldAt + TELL_MS) continue;
      toldAt = performance.now();
      yield messageOf({ ...progress, failures });
      failures = [];
    }
  };
}

function askOf(request: ActOnInstancesRequest, by: string, signal: AbortSignal): BulkAsk {
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
  return { requestId, workflowId, action, statuses, stepId, stepStatuses, by, reason, signal };
}

function messageOf({ total, done, passedOver, failed, failures, finished }: BulkProgress) {
  return {
    total,
    done: BigInt(done),
    passedOver: BigInt(passedOver),
    failed: BigInt(failed),
    failures: failures.map(({ instanceId, error: { code, message } }) => ({
      workflowInstanceId: instanceId,
      code,
      message,
    })),
    finished,
  };
}
