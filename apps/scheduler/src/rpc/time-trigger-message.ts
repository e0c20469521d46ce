import type { MessageInitShape } from '@bufbuild/protobuf';
import { TimeTriggerStatus, type TimeTriggerStateSchema } from '@maestro/proto/maestro/scheduler/v1/trigger_service';
import { timeTriggerToProto } from '@maestro/wire';
import type { StoredTrigger } from '../ports/time-trigger-store.js';
import { describeTrigger, type TriggerStatus } from '../usecases/time-triggers/describe-trigger.js';
import type { TriggerDeps } from '../usecases/time-triggers/trigger-deps.js';

const STATUS: Readonly<Record<TriggerStatus, TimeTriggerStatus>> = {
  ACTIVE: TimeTriggerStatus.ACTIVE,
  PAUSED: TimeTriggerStatus.PAUSED,
  ENDED: TimeTriggerStatus.ENDED,
  FAILING: TimeTriggerStatus.FAILING,
};
const DEFAULT_COUNT = 5;
const MOST_COUNT = 100;

/** triggersToProto tells triggers with their next firings. */
export function triggersToProto(
  deps: TriggerDeps,
  rows: readonly StoredTrigger[],
  count = 0,
): MessageInitShape<typeof TimeTriggerStateSchema>[] {
  return rows.map((row) => triggerToProto(deps, row, count));
}

/** triggerToProto is one of them. */
export function triggerToProto(
  { compiled, now }: TriggerDeps,
  row: StoredTrigger,
  count = 0,
): MessageInitShape<typeof TimeTriggerStateSchema> {
  const wanted = count <= 0 ? DEFAULT_COUNT : Math.min(count, MOST_COUNT);
  const view = describeTrigger(compiled, row, now(), wanted);
  return {
    workflowId: view.workflowId,
    triggerId: view.triggerId,
    trigger: timeTriggerToProto(view.trigger),
    status: STATUS[view.status],
    nextFireTime: BigInt(view.status === 'PAUSED' ? 0 : (view.nextFireAt ?? 0)),
    nextNominalTime: BigInt(view.nextNominal ?? 0),
    delayMillis: BigInt(view.delayMs),
    watermark: BigInt(view.watermark),
    lastFiredNominalTime: BigInt(view.lastNominal ?? 0),
    lastInstanceId: view.lastInstance ?? 0n,
    firedCount: view.fired,
    skippedCount: view.skipped,
    pausedBy: view.pausedBy ?? '',
    pauseTime: BigInt(view.pausedAt ?? 0),
    reason: view.reason ?? '',
    nextNominalTimes: view.next.map(BigInt),
  };
}
