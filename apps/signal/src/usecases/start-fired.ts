import type { ErrorCode, Millis } from '@maestro/domain';
import type { Evaluator } from '@maestro/evaluation';
import type { Fired, FiredTriggers, Settled } from '../ports/triggers.js';
import type { StartResult, TriggeredStart, WorkflowStarter } from '../ports/workflow-starter.js';
import { evaluateTrigger } from './evaluate-trigger.js';
import { startId } from './trigger-identity.js';

export interface StartFiredDeps {
  readonly fired: FiredTriggers;
  readonly starter: WorkflowStarter;
  readonly evaluator: Evaluator;
  now(): Millis;
}

/** So many are started with one message. */
export const FIRED_BATCH = 200;

/** The trigger, or its workflow, is there no more. */
const GONE: ReadonlySet<ErrorCode> = new Set([
  'WORKFLOW_NOT_FOUND',
  'NO_ACTIVE_VERSION',
  'TRIGGER_CHANGED',
  'TRIGGER_DISABLED',
  'DELETION_IN_PROGRESS',
]);
/** What is over after a while. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'OVERLOADED', 'TIMED_OUT', 'INTERNAL']);
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * startFired starts what fired: each match once, because its request id names it. Signals of a match that is dropped or fails stay used;
 * why is kept with the match. Answers how many were taken.
 */
export async function startFired(deps: StartFiredDeps): Promise<number> {
  const taken = await deps.fired.take(FIRED_BATCH);
  if (taken.length === 0) return 0;
  const decided = await Promise.all(taken.map((each) => decide(deps, each)));
  const starts = decided.filter((each) => 'start' in each);
  const results = await startAll(
    deps,
    starts.map(({ start }) => start),
  );
  let next = 0;
  const settled = taken.map(({ matchId, attempts }, index) => {
    const each = decided[index];
    const outcome = each !== undefined && 'outcome' in each ? each.outcome : settledOf(results[next++], attempts);
    return { matchId, outcome };
  });
  await deps.fired.settle(settled);
  return taken.length;
}

type Decided = { readonly start: TriggeredStart } | { readonly outcome: Settled };

async function decide({ evaluator, now }: StartFiredDeps, fired: Fired): Promise<Decided> {
  try {
    const verdict = await evaluateTrigger(evaluator, fired, now());
    if (verdict.kind === 'drop') return { outcome: { state: 'DROPPED', detail: 'its condition is false' } };
    if (verdict.kind === 'error') return { outcome: { state: 'FAILED', detail: verdict.message } };
    return { start: startOf(fired, verdict.params, verdict.dedup) };
  } catch (error) {
    // The evaluator is overloaded or closing.
    return { outcome: later(error instanceof Error ? error.message : String(error), fired.attempts) };
  }
}

function startOf(fired: Fired, params: TriggerParams, dedup: string | undefined): TriggeredStart {
  const { workflowId, uuid, signals } = fired;
  const entries = Object.entries(signals);
  return {
    workflowId,
    request: {
      requestId: startId(fired, dedup),
      initiator: {
        type: 'SIGNAL',
        triggerUuid: uuid,
        signalIdMap: Object.fromEntries(entries.map(([name, { seqId }]) => [name, seqId])),
        params,
        signals: Object.fromEntries(entries.map(([name, each]) => [name, each.params])),
      },
      persistFailedRun: true,
    },
  };
}

type TriggerParams = NonNullable<Extract<TriggeredStart['request']['initiator'], { type: 'SIGNAL' }>['params']>;

async function startAll(
  { starter }: StartFiredDeps,
  starts: readonly TriggeredStart[],
): Promise<readonly StartResult[]> {
  if (starts.length === 0) return [];
  try {
    return await starter.start(starts);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return starts.map(() => ({ kind: 'refused', code: 'UNAVAILABLE', message }));
  }
}

function settledOf(result: StartResult | undefined, attempts: number): Settled {
  if (result === undefined) return later('the scheduler gave no outcome', attempts);
  if (result.kind === 'started') {
    const { instanceId, runId, duplicate } = result;
    return { state: 'STARTED', instanceId, runId, ...(duplicate ? { detail: 'it had been started before' } : {}) };
  }
  const { code, message } = result;
  if (PASSING.has(code)) return later(message, attempts);
  return { state: GONE.has(code) ? 'DROPPED' : 'FAILED', detail: `${code}: ${message}` };
}

function later(detail: string, attempts: number): Settled {
  const afterMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10));
  return { state: 'PENDING', detail, afterMs };
}
