import type { Millis, TriggerFinding } from '@maestro/domain';
import { nextFirings } from '@maestro/schedule';
import type { StoredTrigger } from '../ports/time-trigger-store.js';
import type { CompiledTrigger } from '../usecases/time-triggers/compiled-triggers.js';
import { explainTimeTrigger, instantText, policyText, withheldAt } from './explain-time-trigger.js';

/** AskedFiring is a nominal time, and the instance that was started for it. */
export interface AskedFiring {
  readonly at: Millis;
  readonly instanceId: bigint | undefined;
}

/** explainFiring says what became of one nominal time, or what will. */
export function explainFiring(
  row: StoredTrigger,
  compiled: CompiledTrigger,
  { at, instanceId }: AskedFiring,
  now: Millis,
): readonly TriggerFinding[] {
  if (instanceId !== undefined) {
    return [
      { kind: 'FIRED', since: at, message: `It fired for ${instantText(at)} and started instance ${instanceId}.` },
    ];
  }
  const { schedule, jitterMs } = compiled;
  if (schedule.bare.after(at - 1) !== at) return [otherTime(compiled, at)];
  const withheld = schedule.withheld(at);
  if (withheld !== undefined) return [withheldAt(at, withheld)];
  if (at <= row.watermark) return [notStarted(compiled, at)];
  const due = at + jitterMs;
  if (due > now) return [{ kind: 'TIME', until: due, message: `${instantText(at)} is still to come.` }];
  return explainTimeTrigger(row, compiled, now);
}

function otherTime({ schedule }: CompiledTrigger, at: Millis): TriggerFinding {
  const next = nextFirings(schedule, at, 3).map(instantText);
  const after = next.length === 0 ? 'There are none after it.' : `The next after it are ${next.join(', ')}.`;
  return { kind: 'OTHER_TIME', message: `${instantText(at)} is none of its times. ${after}` };
}

function notStarted({ trigger }: CompiledTrigger, at: Millis): TriggerFinding {
  return {
    kind: 'SKIPPED',
    message:
      `It has started nothing for ${instantText(at)} that is still stored: that was before the trigger began, ` +
      `or while it was paused, or it was missed and catch_up is ${policyText(trigger)}.`,
    remedy: 'Fire it by hand for that time.',
  };
}
