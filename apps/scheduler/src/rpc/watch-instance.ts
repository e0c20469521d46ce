import { isTerminalInstance, MaestroError } from '@maestro/domain';
import type { Handler } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { instanceToProto, updateToProto } from '../queries/instance-to-proto.js';
import { stepsOfRun } from '../queries/latest-attempts.js';
import { stepToProto } from '../queries/step-to-proto.js';
import { followRun, type FollowDeps, type RunProgress } from '../watch/follow-run.js';
import { runReferenceOf } from './run-reference.js';

const RETRY_AFTER_MS = 500;

/** watchInstanceRpc serves WatchInstance. A replica that shuts down refers its watchers to another one. */
export function watchInstanceRpc(deps: FollowDeps): Handler<typeof SchedulerService.method.watchInstance> {
  return async function* (request, { signal, draining }) {
    const over = AbortSignal.any([signal, draining]);
    let ended = false;
    for await (const progress of followRun(deps, runReferenceOf(request.run), over)) {
      yield messageOf(progress);
      ended = isTerminalInstance(progress.run.header.status);
    }
    if (ended || !draining.aborted) return;
    const message = 'This scheduler is shutting down before the run has ended. Follow it again: another one answers.';
    throw new MaestroError('UNAVAILABLE', message, { retryAfterMs: RETRY_AFTER_MS });
  };
}

function messageOf({ plan, run, changed }: RunProgress) {
  if (changed === undefined) return { instance: instanceToProto(run, plan), steps: stepsOfRun(plan, run) };
  const steps = run.attempts.filter(({ ordinal }) => changed.has(ordinal));
  return {
    instance: updateToProto(run, plan),
    steps: steps.map((step) => stepToProto(plan, run.header, step, run.timeline)),
  };
}
