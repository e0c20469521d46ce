import type { Handler } from '@maestro/grpc';
import { SchedulerService, WaitKind } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceStatusToProto, instantToProto } from '@maestro/wire';
import type { ExplainedKind } from '../explain/explained.js';
import { explain, type ExplainDeps } from '../usecases/explain-run.js';
import { runReferenceOf } from './run-reference.js';

const KINDS: Readonly<Record<ExplainedKind, WaitKind>> = {
  NOTHING: WaitKind.NOTHING,
  RUN_STRATEGY: WaitKind.RUN_STRATEGY,
  PREDECESSOR: WaitKind.PREDECESSOR,
  TIME: WaitKind.TIME,
  PERMIT: WaitKind.PERMIT,
  WORKER: WaitKind.WORKER,
  EXECUTION: WaitKind.EXECUTION,
  CANCELLATION: WaitKind.CANCELLATION,
  PARKED: WaitKind.PARKED,
  CHILDREN: WaitKind.CHILDREN,
  PERSON: WaitKind.PERSON,
  SIGNAL: WaitKind.SIGNAL,
};

/** explainRpc serves Explain. */
export function explainRpc(deps: ExplainDeps): Handler<typeof SchedulerService.method.explain> {
  return async (request) => {
    const { status, explained } = await explain(deps, runReferenceOf(request.run), request.stepId);
    return {
      status: instanceStatusToProto(status),
      explanations: explained.map(({ kind, stepId = '', since, until, message, remedy }) => ({
        kind: KINDS[kind],
        stepId,
        since: instantToProto(since),
        until: instantToProto(until),
        message,
        remedy,
      })),
    };
  };
}
