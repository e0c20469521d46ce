import type { RunReference } from '@maestro/alerting';
import { MaestroError } from '@maestro/domain';
import { createClient, type Channel } from '@maestro/grpc';
import { SchedulerService } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import {
  WorkflowInstanceStatus,
  type StepInstance,
  type WorkflowInstance,
} from '@maestro/proto/maestro/types/v1/instance';
import { instantFromProto, INSTANCE_STATUS_TABLE, paramsFromProto, STEP_STATUS_TABLE } from '@maestro/wire';
import type { Logger } from '@maestro/telemetry';
import type { RunFacts, Runs, RunSpan, StepFacts } from '../../ports/runs.js';

const TIMEOUT_MS = 10_000;
const OPTIONS = { detached: true, timeoutMs: TIMEOUT_MS } as const;
const GONE: ReadonlySet<string> = new Set(['INSTANCE_NOT_FOUND', 'STEP_NOT_FOUND', 'WORKFLOW_NOT_FOUND']);
const PASSING: ReadonlySet<string> = new Set(['UNAVAILABLE', 'OVERLOADED', 'TIMED_OUT']);
const MAX_ERRORS = 5;
const MAX_ERROR_LENGTH = 500;

/** grpcRuns asks the scheduler. */
export function grpcRuns(scheduler: Channel, logger: Logger): Runs {
  const client = createClient(SchedulerService, scheduler, { caller: 'notifier' });
  const list = async (workflowId: string, pageSize: number, statuses: readonly WorkflowInstanceStatus[]) =>
    (await client.listInstances({ filter: { workflowId, statuses: [...statuses] }, page: { pageSize } }, OPTIONS))
      .instances;
  const run = async (named: RunReference): Promise<RunFacts | undefined> =>
    known(logger, async () => {
      const { instance } = await client.getInstance({ run: referenceOf(named) }, OPTIONS);
      return instance === undefined ? undefined : runFacts(instance);
    });
  return {
    run,
    step: (named, stepId) =>
      known(logger, async () => {
        const { step } = await client.getStep({ run: referenceOf(named), stepId }, OPTIONS);
        return step === undefined ? undefined : stepFacts(step);
      }),
    steps: async (named) =>
      (await known(logger, async () => (await client.listSteps({ run: referenceOf(named) }, OPTIONS)).steps))?.map(
        stepFacts,
      ) ?? [],
    successes: async (workflowId, limit) => {
      const found = await known(logger, () => list(workflowId, limit, [WorkflowInstanceStatus.SUCCEEDED]));
      return (found ?? []).flatMap(spanOf);
    },
    latest: async (workflowId) => {
      const [latest] = (await known(logger, () => list(workflowId, 1, []))) ?? [];
      return latest === undefined ? undefined : run(runOf(latest));
    },
  };
}

/** What cannot be read for good must not hold up everything else that is to be told. */
async function known<T>(logger: Logger, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (err) {
    if (!(err instanceof MaestroError) || PASSING.has(err.code)) throw err;
    if (!GONE.has(err.code)) logger.warn({ err }, 'a run cannot be read; alerts go on without what it says');
    return undefined;
  }
}

function referenceOf({ workflowId, instanceId, runId }: RunReference) {
  return { workflowId, workflowInstanceId: instanceId, workflowRunId: runId };
}

function runOf({ workflowId, workflowInstanceId, workflowRunId }: WorkflowInstance): RunReference {
  return { workflowId, instanceId: workflowInstanceId, runId: workflowRunId };
}

function runFacts(instance: WorkflowInstance): RunFacts {
  const params = instance.params === undefined ? {} : paramsFromProto(instance.params);
  const runTs = params['RUN_TS']?.evaluatedResult;
  const { kind } = instance.initiator ?? {};
  const zone = params['WORKFLOW_CRON_TIMEZONE']?.evaluatedResult;
  return {
    run: runOf(instance),
    status: INSTANCE_STATUS_TABLE.fromProto(instance.status, 'status'),
    params,
    runTs: typeof runTs === 'bigint' ? Number(runTs) : Number(instance.requestTime || instance.createTime),
    timezone:
      typeof zone === 'string' && zone !== '' ? zone : kind?.case === 'time' ? kind.value.timezone || 'UTC' : 'UTC',
    ...spanTimes(instance),
  };
}

function spanTimes({ startTime, endTime }: { readonly startTime: bigint; readonly endTime: bigint }) {
  const [start, end] = [instantFromProto(startTime), instantFromProto(endTime)];
  return { ...(start === undefined ? {} : { startTime: start }), ...(end === undefined ? {} : { endTime: end }) };
}

function spanOf(instance: WorkflowInstance): readonly RunSpan[] {
  const { startTime, endTime } = spanTimes(instance);
  return startTime === undefined || endTime === undefined ? [] : [{ run: runOf(instance), startTime, endTime }];
}

function stepFacts(step: StepInstance): StepFacts {
  const { status = 0, startTime = 0n, endTime = 0n } = step.runtimeState ?? {};
  const errors = step.timeline.flatMap(({ event }) =>
    event.case === 'details' ? [event.value.message, ...event.value.errors] : [],
  );
  return {
    stepId: step.stepId,
    status: STEP_STATUS_TABLE.fromProtoOptional(status, 'status') ?? 'NOT_CREATED',
    errors: errors.slice(-MAX_ERRORS).map((line) => line.slice(0, MAX_ERROR_LENGTH)),
    ...spanTimes({ startTime, endTime }),
  };
}
