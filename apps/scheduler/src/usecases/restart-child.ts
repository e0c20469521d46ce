import { isTerminalInstance, MaestroError } from '@maestro/domain';
import { previousRun } from '@maestro/engine';
import { startRequestToProto } from '@maestro/wire';
import type { ChildAsk, StartInput, StartOutcome } from '../commit/input.js';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import type { RestartRunDeps } from './restart-run.js';
import { encodeStart } from '../commit/encode/encode-start.js';

/**
 * restartChild makes the next run of the instance that an earlier attempt of a subworkflow step started; undefined when that is gone, so
 * that a new one starts. Throws UNAVAILABLE while it is still under way, and as a start does.
 */
export async function restartChild(deps: RestartRunDeps, ask: ChildAsk): Promise<StartOutcome | undefined> {
  const { workflowId, start, restart } = ask.request;
  if (restart === undefined) return undefined;
  const found = await latest(deps, workflowId, restart.instanceId);
  if (found === undefined) return undefined;
  const { header } = found.run;
  const known = await deps.reader.request(header.workflowKey, start.requestId);
  if (known !== undefined) return { ...known, status: 'DUPLICATED', requestDiffers: false };
  if (!isTerminalInstance(header.status)) {
    const message = `Run ${String(header.runId)} of ${workflowId}/${String(header.instanceId)} is still under way.`;
    throw new MaestroError('UNAVAILABLE', message);
  }
  return submitted(deps, found, ask, restart.config);
}

async function latest(deps: RestartRunDeps, workflowId: string, instanceId: bigint): Promise<RunWithPlan | undefined> {
  try {
    return await readRunWithPlan(deps, { workflowId, instanceId, runId: 0n });
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'INSTANCE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** It goes on with the version that it had, and with what its parent gives it now. */
async function submitted(
  deps: RestartRunDeps,
  { run, plan }: RunWithPlan,
  { request, parent, traceparent }: ChildAsk,
  config: NonNullable<StartInput['restart']>['config'],
): Promise<StartOutcome> {
  const { workflowId, start, correlationId, instanceStepConcurrency } = request;
  const version = String(run.header.version);
  const { seed } = await deps.definitions.resolve(workflowId, version);
  const previous = previousRun(plan, run.header, run.attempts, run.earlier);
  const restart = { previous, config, by: 'maestro', blocking: run.blocking };
  const child = { parent, correlationId, instanceStepConcurrency };
  const encoded = encodeStart(startRequestToProto({ workflowId, version }, start));
  return new Promise((settle, fail) => {
    const input = { kind: 'start', seed, plan, request: start, ...encoded, traceparent, child, restart } as const;
    deps.submit({ ...input, settle, fail });
  });
}
