import { MaestroError, type Millis } from '@maestro/domain';
import { planFirings, type FiringPlan } from '@maestro/schedule';
import type { Advance, StoredTrigger } from '../../ports/time-trigger-store.js';
import type { Started, StartWorkflowDeps } from '../start-workflow.js';
import type { CompiledTrigger, CompiledTriggers } from './compiled-triggers.js';
import { startFiring } from './start-firing.js';

export interface FireDueDeps extends StartWorkflowDeps {
  readonly compiled: CompiledTriggers;
  now(): Millis;
}

/** Most starts of one trigger in one round: others have their turn in between. */
const STARTS_A_ROUND = 50;
/** After a start that failed: what passes by itself is tried again soon. */
const RETRY_SOON_MS = 2_000;
const RETRY_LATER_MS = 60_000;
const PASSES: readonly string[] = ['OVERLOADED', 'UNAVAILABLE', 'TIMED_OUT', 'INTERNAL'];

/** fireDue starts what is due of a trigger, oldest first, and answers how far it has come. Never rejects. */
export async function fireDue(deps: FireDueDeps, row: StoredTrigger): Promise<Advance> {
  try {
    const compiled = deps.compiled.of(row);
    const plan = planFirings({
      schedule: compiled.schedule,
      catchUp: compiled.trigger,
      watermark: row.watermark,
      now: deps.now(),
      jitterMs: compiled.jitterMs,
      limit: STARTS_A_ROUND,
    });
    return await start(deps, row, compiled, plan);
  } catch (error) {
    return failed(deps, row, { error, watermark: row.watermark, fired: 0 });
  }
}

async function start(
  deps: FireDueDeps,
  row: StoredTrigger,
  compiled: CompiledTrigger,
  plan: FiringPlan,
): Promise<Advance> {
  // Together, so that they share commits; submitted oldest first, which is the order of their instances.
  const starts = await Promise.allSettled(plan.firings.map((nominal) => startFiring(deps, row, nominal, compiled)));
  const failure = starts.findIndex(({ status }) => status === 'rejected');
  const lastInstance = lastStarted(failure < 0 ? starts : starts.slice(0, failure));
  if (failure >= 0) {
    // What has started behind the failure is found again by its request id.
    const watermark = plan.firings[failure - 1] ?? row.watermark;
    const error: unknown = (starts[failure] as PromiseRejectedResult).reason;
    return failed(deps, row, { error, watermark, fired: failure, lastInstance });
  }
  const { firings, skipped, watermark, next, more } = plan;
  const fireAt = next === undefined ? undefined : next + compiled.jitterMs;
  return {
    ...keyOf(row),
    watermark,
    nextNominal: next,
    nextFireAt: more ? deps.now() : fireAt,
    reason: undefined,
    fired: firings.length,
    skipped,
    lastNominal: firings.at(-1),
    lastInstance,
  };
}

function lastStarted(starts: readonly PromiseSettledResult<Started>[]): bigint | undefined {
  const last = starts.at(-1);
  return last?.status === 'fulfilled' ? last.value.instanceId : undefined;
}

interface Failure {
  readonly error: unknown;
  readonly watermark: Millis;
  readonly fired: number;
  readonly lastInstance?: bigint | undefined;
}

/** What has started has started; the rest is tried again. */
function failed(deps: FireDueDeps, row: StoredTrigger, { error, watermark, fired, lastInstance }: Failure): Advance {
  const passes = error instanceof MaestroError && PASSES.includes(error.code);
  return {
    ...keyOf(row),
    watermark,
    nextNominal: row.nextNominal,
    nextFireAt: deps.now() + (passes ? RETRY_SOON_MS : RETRY_LATER_MS),
    reason: error instanceof Error ? error.message : String(error),
    fired,
    skipped: 0,
    lastNominal: fired === 0 ? undefined : watermark,
    lastInstance,
  };
}

function keyOf({
  workflowKey,
  triggerId,
  generation,
  watermark,
}: StoredTrigger): Pick<Advance, 'workflowKey' | 'triggerId' | 'generation' | 'from'> {
  return { workflowKey, triggerId, generation, from: watermark };
}
