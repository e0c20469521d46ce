import type { Millis, TimeTrigger } from '@maestro/domain';
import { nextFirings } from '@maestro/schedule';
import type { StoredTrigger } from '../../ports/time-trigger-store.js';
import type { CompiledTriggers } from './compiled-triggers.js';

export type TriggerStatus = 'ACTIVE' | 'PAUSED' | 'ENDED' | 'FAILING';

/** TriggerView is a trigger as people see it. */
export interface TriggerView extends StoredTrigger {
  readonly trigger: TimeTrigger;
  readonly status: TriggerStatus;
  readonly delayMs: number;
  /** Nominal times of the next firings. */
  readonly next: readonly Millis[];
}

/** describeTrigger tells a trigger with its next `count` firings. */
export function describeTrigger(
  compiled: CompiledTriggers,
  row: StoredTrigger,
  now: Millis,
  count: number,
): TriggerView {
  const { trigger, schedule, jitterMs } = compiled.of(row);
  const from = Math.max(row.watermark, now - jitterMs);
  return {
    ...row,
    trigger,
    status: statusOf(row),
    delayMs: jitterMs,
    nextNominal: row.nextNominal ?? schedule.after(row.watermark),
    next: nextFirings(schedule, from, count),
  };
}

function statusOf({ pausedAt, reason, nextFireAt }: StoredTrigger): TriggerStatus {
  if (pausedAt !== undefined) return 'PAUSED';
  if (reason !== undefined) return 'FAILING';
  return nextFireAt === undefined ? 'ENDED' : 'ACTIVE';
}
