import {
  isTerminalInstance,
  MaestroError,
  type ParamDefinitions,
  type RestartConfig,
  type RestartPolicy,
} from '@maestro/domain';
import type { RunReference } from '../ports/run-reader.js';
import { checkRestart } from './check-restart.js';
import { checkRequestId } from './start-workflow.js';
import { readRunWithPlan, type RunWithPlan } from './read-run.js';
import { duplicate, stillRunning, type RestartAsk, type RestartRunDeps } from './restart-run.js';
import { repeatedAbove, restartUpwards, rootOf, type RestartedAbove } from './restart-upwards.js';

/** InstanceRestart is a restart of an instance, or of one step of it by a new run. */
export interface InstanceRestart extends RestartAsk {
  readonly run: RunReference;
  /** With RESTART_FROM_SPECIFIC. */
  readonly stepId?: string;
  readonly policy: RestartPolicy;
  readonly downstreamPolicy: RestartPolicy;
  readonly params: ParamDefinitions;
  readonly stepParams: Readonly<Record<string, ParamDefinitions>>;
  readonly skipSteps: readonly string[];
}

/** restartInstance runs an instance again. Throws INSTANCE_NOT_FOUND, NOT_LATEST_RUN, INVALID_STATE, INVALID_PARAM. */
export async function restartInstance(deps: RestartRunDeps, request: InstanceRestart): Promise<RestartedAbove> {
  checkRequestId(request.requestId);
  const found = await latestRun(deps, request.run);
  const root = await rootOf(deps, found);
  const known = await duplicate(deps, root.run, request);
  if (known !== undefined) return known;
  checkLatest(request.run, found);
  const repeated = await repeatedAbove(deps, found, request);
  if (repeated !== undefined) return repeated;
  if (!isTerminalInstance(found.run.header.status)) throw stillRunning(found.run);
  checkRestart(found, request);
  return restartUpwards(deps, found, configOf(request), request);
}

/** latestRun is the newest run of the instance that is meant. */
export function latestRun(deps: RestartRunDeps, { workflowId, instanceId }: RunReference): Promise<RunWithPlan> {
  return readRunWithPlan(deps, { workflowId, instanceId, runId: 0n });
}

/** checkLatest: earlier runs are over for good. Throws NOT_LATEST_RUN. */
export function checkLatest({ workflowId, instanceId, runId }: RunReference, { run: { header } }: RunWithPlan): void {
  if (runId === 0n || runId === header.runId) return;
  const message = `Run ${String(runId)} of ${workflowId}/${String(instanceId)} is not the latest: restart run ${String(header.runId)}.`;
  throw new MaestroError('NOT_LATEST_RUN', message, { metadata: { latest_run: String(header.runId) } });
}

function configOf({
  run,
  stepId,
  policy,
  downstreamPolicy,
  params,
  stepParams,
  skipSteps,
}: InstanceRestart): RestartConfig {
  const { workflowId, instanceId } = run;
  const node = stepId === undefined ? { workflowId, instanceId } : { workflowId, instanceId, stepId };
  return { path: [node], policy, downstreamPolicy, params, stepParams, skipSteps };
}
