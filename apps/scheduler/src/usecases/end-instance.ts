import { isTerminalInstance, MaestroError, type WorkflowInstanceStatus } from '@maestro/domain';
import type { Input } from '../commit/input.js';
import type { FoundRun, RunReader, RunReference } from '../ports/run-reader.js';

export interface EndInstanceDeps {
  readonly reader: Pick<RunReader, 'find'>;
  submit(input: Input): void;
  now(): number;
}

/** EndRequest stops (the run ends STOPPED) or kills (it ends FAILED) the latest run of an instance. */
export interface EndRequest {
  readonly run: RunReference;
  readonly end: 'stop' | 'kill';
  readonly by: string;
  readonly reason: string;
}

export interface Ended {
  readonly found: FoundRun;
  readonly status: WorkflowInstanceStatus;
}

/** endInstance ends a run, or leaves it as it is when it has ended so before. Throws INSTANCE_NOT_FOUND, NOT_LATEST_RUN, INVALID_STATE. */
export async function endInstance(deps: EndInstanceDeps, request: EndRequest): Promise<Ended> {
  const found = await deps.reader.find(request.run);
  checkLatest(request.run, found);
  if (isTerminalInstance(found.status)) return { found, status: checkEnded(found, request) };
  const type = request.end === 'stop' ? 'stop-requested' : 'kill-requested';
  const event = { type, at: deps.now(), by: request.by, reason: request.reason } as const;
  await new Promise<void>((resolve, reject) => {
    deps.submit({ kind: 'event', runKey: found.runKey, event, settle: () => resolve(), fail: reject });
  });
  const after = await deps.reader.find(request.run);
  return { found: after, status: after.status };
}

function checkLatest({ workflowId, instanceId }: RunReference, { runId, latestRunId }: FoundRun): void {
  if (runId === latestRunId) return;
  const message = `Run ${String(runId)} of ${workflowId}/${String(instanceId)} is not the latest: act on run ${String(latestRunId)}.`;
  throw new MaestroError('NOT_LATEST_RUN', message, { metadata: { latest_run: String(latestRunId) } });
}

function checkEnded(
  { status }: FoundRun,
  { run: { workflowId, instanceId }, end }: EndRequest,
): WorkflowInstanceStatus {
  if (status === (end === 'stop' ? 'STOPPED' : 'FAILED')) return status;
  throw new MaestroError(
    'INVALID_STATE',
    `${workflowId}/${String(instanceId)} has ended ${status} and cannot be ${end === 'stop' ? 'stopped' : 'killed'} any more.`,
  );
}
