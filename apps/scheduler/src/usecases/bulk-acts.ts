import { createHash } from 'node:crypto';
import type { WorkflowInstanceStatus } from '@maestro/domain';
import type { RunReference } from '../ports/run-reader.js';
import { actOnStep, type ActOnStepDeps } from './act-on-step.js';
import { endInstance, type EndInstanceDeps } from './end-instance.js';
import { pauseInstance, type PauseInstanceDeps } from './pause-instance.js';
import { restartInstance } from './restart-instance.js';
import type { RestartRunDeps } from './restart-run.js';

export type BulkActDeps = ActOnStepDeps & EndInstanceDeps & PauseInstanceDeps & RestartRunDeps;

/** BULK_ACTIONS are the acts that can be done to many runs at once. */
export const BULK_ACTIONS = ['STOP', 'KILL', 'PAUSE', 'RESUME', 'SKIP', 'RESTART'] as const;
export type BulkActionName = (typeof BULK_ACTIONS)[number];

/** OneOfMany is what is done to each run. */
export interface OneOfMany {
  readonly requestId: string;
  /** Of a skip. */
  readonly stepId: string;
  readonly by: string;
  readonly reason: string;
  readonly signal: AbortSignal;
}

interface BulkAct {
  /** Of the runs that it is meant for when nobody says which. */
  readonly fits: readonly WorkflowInstanceStatus[];
  perform(deps: BulkActDeps, run: RunReference, ask: OneOfMany): Promise<unknown>;
}

/** BULK_ACTS does each of them as if somebody had asked for it alone. */
export const BULK_ACTS: Readonly<Record<BulkActionName, BulkAct>> = {
  STOP: {
    fits: ['CREATED', 'IN_PROGRESS', 'PAUSED'],
    perform: (deps, run, { by, reason }) => endInstance(deps, { run, end: 'stop', by, reason }),
  },
  KILL: {
    fits: ['CREATED', 'IN_PROGRESS', 'PAUSED'],
    perform: (deps, run, { by, reason }) => endInstance(deps, { run, end: 'kill', by, reason }),
  },
  PAUSE: {
    fits: ['IN_PROGRESS'],
    perform: (deps, run, { by, reason }) => pauseInstance(deps, { run, act: 'pause', by, reason }),
  },
  RESUME: {
    fits: ['PAUSED'],
    perform: (deps, run, { by, reason }) => pauseInstance(deps, { run, act: 'resume', by, reason }),
  },
  SKIP: {
    fits: ['IN_PROGRESS', 'PAUSED'],
    perform: (deps, run, { stepId, by, reason, signal }) =>
      actOnStep(deps, { run, stepId, attempt: 0, action: 'SKIP', by, reason, waitMs: 0, signal }),
  },
  RESTART: { fits: ['FAILED', 'STOPPED', 'TIMED_OUT'], perform: restart },
};

function restart(deps: BulkActDeps, run: RunReference, { requestId, by }: OneOfMany): Promise<unknown> {
  const id = `${requestId}-${String(run.instanceId)}`;
  return restartInstance(deps, {
    requestId: id,
    requestHash: createHash('sha256').update(id).digest(),
    by,
    traceparent: undefined,
    version: undefined,
    run,
    policy: 'RESTART_FROM_INCOMPLETE',
    downstreamPolicy: 'RESTART_FROM_INCOMPLETE',
    params: {},
    stepParams: {},
    skipSteps: [],
  });
}
