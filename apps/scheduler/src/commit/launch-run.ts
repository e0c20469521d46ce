import { MaestroError, type Millis, type RunKey } from '@maestro/domain';
import {
  createRestart,
  createRun,
  decide,
  emptyState,
  restartedState,
  type Creation,
  type Launcher,
  type RunHeader,
} from '@maestro/engine';
import { PRESETS } from '@maestro/sel';
import type { StartInput } from './input.js';
import { iterationLauncher, type IterationDeps } from './new-iterations.js';
import type { Launch, NewRun } from './work.js';

/** RunPlace is what a new run is given: its key and its numbers. */
export interface RunPlace {
  readonly runKey: RunKey;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly at: Millis;
}

type Rejected = Extract<Creation, { kind: 'rejected' }>;

/** startedRun is the run of a start, launched as if it were admitted, with the iterations that it begins with. Throws as launchRun does. */
export function startedRun(deps: IterationDeps, input: StartInput, place: RunPlace): NewRun {
  const iterations: NewRun[] = [];
  const launcher = iterationLauncher(deps, input.plan, place.at, iterations);
  const launch = launchRun(deps, input, place, launcher);
  return { runKey: place.runKey, plan: input.plan, origin: input.origin, launch, iterations };
}

/**
 * launchRun decides a new run as if it were admitted. Throws INVALID_PARAM when its params cannot be evaluated, unless
 * the start asks to keep failed runs: then the launch is a run that has FAILED. Params that take long are evaluated once the run
 * is stored: one whose params then fail has FAILED, too.
 */
function launchRun(deps: IterationDeps, input: StartInput, run: RunPlace, launcher: Launcher): Launch {
  const created = create(input, run);
  if (created.kind === 'rejected') {
    if (input.request.persistFailedRun === true) return failedLaunch(input, run, created);
    throw new MaestroError('INVALID_PARAM', created.message, { violations: created.violations });
  }
  const { restart } = input;
  const state = restart ? restartedState(input.plan, created.header, restart.previous) : emptyState(created.header);
  const [isLimited, breakpoints] = [deps.limited.of(input.seed.tenant), deps.breakpoints.of(input.seed.workflowKey)];
  const decision = decide(input.plan, state, [{ type: 'run-launched', at: run.at }], launcher, isLimited, breakpoints);
  return { queued: created.header, state, decision };
}

function create(input: StartInput, run: RunPlace): Creation {
  const request = requestOf(input, run);
  if (input.restart) return createRestart(input.plan, request, input.restart, PRESETS.IN_PLACE);
  return createRun(input.plan, request, PRESETS.IN_PLACE);
}

function requestOf(input: StartInput, run: RunPlace): Parameters<typeof createRun>[1] {
  const request = { ...run, tenant: input.seed.tenant, start: input.request, ...input.child };
  return input.traceparent === undefined ? request : { ...request, traceparent: input.traceparent };
}

/** The run is kept without the params that could not be evaluated. */
function failedLaunch(input: StartInput, run: RunPlace, why: Rejected): Launch {
  const { runParams: _, ...start } = input.request;
  const bare = { ...input.plan, params: {}, timeout: undefined };
  const created = createRun(bare, requestOf({ ...input, request: start }, run), PRESETS.IN_PLACE);
  if (created.kind !== 'created') throw new MaestroError('INVALID_PARAM', why.message, { violations: why.violations });
  const header: RunHeader = { ...created.header, runParams: input.request.runParams ?? {} };
  const failed: RunHeader = { ...header, status: 'FAILED', startTime: run.at, endTime: run.at };
  const errors = why.violations.map(({ path, message }) => `${path}: ${message}`);
  const event = {
    type: 'DETAILS',
    timestamp: run.at,
    status: 'FAILED',
    message: why.message,
    errors,
    retryable: false,
  } as const;
  const change = { header: failed, steps: [], timeline: [{ event }] };
  return { queued: header, state: emptyState(header), decision: { change, commands: [], verdicts: [] } };
}
