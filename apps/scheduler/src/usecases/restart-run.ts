import { create, toBinary } from '@bufbuild/protobuf';
import { isTerminalInstance, MaestroError, type Millis, type RestartConfig, type StartRequest } from '@maestro/domain';
import { nothingToRestart, previousRun, type Plan } from '@maestro/engine';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { startRequestToProto } from '@maestro/wire';
import type { Input, RestartInput, StartOutcome } from '../commit/input.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { RunPicture, RunReader } from '../ports/run-reader.js';
import type { RunWithPlan } from './read-run.js';

export interface RestartRunDeps {
  readonly reader: Pick<RunReader, 'find' | 'read' | 'attempt' | 'request'>;
  readonly definitions: DefinitionStore;
  submit(input: Input): void;
  now(): Millis;
}

/** RestartAsk is who asks for a restart, under which request id. */
export interface RestartAsk {
  readonly requestId: string;
  /** Tells a repeat from another request under the same id. */
  readonly requestHash: Uint8Array;
  readonly by: string;
  readonly traceparent: string | undefined;
  /** `active`, `latest`, `default` or a number; undefined = the version of the run before. */
  readonly version: string | undefined;
}

/** Restarted is the answer to a restart: the run that goes on. */
export interface Restarted extends Pick<
  StartOutcome,
  'instanceId' | 'runId' | 'version' | 'status' | 'requestDiffers'
> {
  readonly workflowId: string;
  readonly stale: boolean;
}

/** duplicate is the run that this very request has made before; undefined when it is new. */
export async function duplicate(
  { reader }: RestartRunDeps,
  { header }: Pick<RunPicture, 'header'>,
  { requestId, requestHash }: RestartAsk,
): Promise<Restarted | undefined> {
  const known = await reader.request(header.workflowKey, requestId);
  if (known === undefined) return undefined;
  const { instanceId, runId, version } = known;
  const requestDiffers = Buffer.compare(known.requestHash, requestHash) !== 0;
  return {
    workflowId: header.workflowId,
    instanceId,
    runId,
    version,
    status: 'DUPLICATED',
    requestDiffers,
    stale: false,
  };
}

/**
 * restartRun makes the next run of an instance that no step started, by the run strategy of its workflow. Throws INVALID_STATE while the
 * latest run is under way, or when nothing is left to run.
 */
export async function restartRun(
  deps: RestartRunDeps,
  { run, plan: before }: RunWithPlan,
  config: RestartConfig,
  ask: RestartAsk,
): Promise<Restarted> {
  const { header } = run;
  if (!isTerminalInstance(header.status)) throw stillRunning(run);
  const selector = ask.version ?? String(header.version);
  const { seed, version, stale, templateRevision: now } = await deps.definitions.resolve(header.workflowId, selector);
  // What goes on with the same version goes on with the same job templates: its steps are those of the run before.
  const templateRevision = version === header.version ? header.templateRevision : now;
  const plan = await deps.definitions.plan(seed.workflowKey, version, templateRevision);
  const previous = previousRun(before, header, run.attempts, run.earlier);
  const restart = { previous, config, by: ask.by, blocking: run.blocking };
  const nothing = nothingToRestart(plan, restart);
  if (nothing !== undefined) throw nothing;
  const outcome = await submitted(deps, { seed, plan, restart }, ask);
  return { ...outcome, workflowId: header.workflowId, stale };
}

interface Resolved {
  readonly seed: Awaited<ReturnType<DefinitionStore['resolve']>>['seed'];
  readonly plan: Plan;
  readonly restart: RestartInput;
}

/** The new run keeps initiator, tags, artifacts and the params that were given to steps; the request is its own. */
function submitted(deps: RestartRunDeps, { seed, plan, restart }: Resolved, ask: RestartAsk): Promise<StartOutcome> {
  const { initiator, runtimeTags, artifacts, stepRunParams, workflowId } = restart.previous.header;
  const { requestId, requestHash, traceparent } = ask;
  const request: StartRequest = {
    requestId,
    initiator,
    runtimeTags,
    artifacts,
    stepRunParams,
    requestTime: deps.now(),
  };
  const target = { workflowId, version: String(plan.version) };
  const origin = toBinary(
    StartWorkflowRequestSchema,
    create(StartWorkflowRequestSchema, startRequestToProto(target, request)),
  );
  return new Promise((settle, fail) => {
    deps.submit({ kind: 'start', seed, plan, request, origin, requestHash, traceparent, restart, settle, fail });
  });
}

/** stillRunning is the error for a run that has to end before it is restarted. */
export function stillRunning({ header: { workflowId, instanceId, runId, status } }: RunPicture): MaestroError {
  const message = `Run ${String(runId)} of ${workflowId}/${String(instanceId)} is ${status}: stop it or let it end before it is restarted; a failed step of it can be restarted by itself.`;
  return new MaestroError('INVALID_STATE', message);
}
