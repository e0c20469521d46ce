import type { TimeTrigger } from '@maestro/domain';

/**
 * triggerTexts are what tells the triggers of one workflow apart: when they fire, not how. An edit of one leaves the others alone, and an
 * edit of its policies, dates or delay keeps its own watermark. Two equal ones are told apart by their order.
 */
export function triggerTexts(triggers: readonly TimeTrigger[]): readonly string[] {
  const seen = new Map<string, number>();
  return triggers.map((trigger) => {
    const text = textOf(trigger);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return count === 1 ? text : `${text} #${count}`;
  });
}

function textOf(trigger: TimeTrigger): string {
  const zone = trigger.timezone ?? 'UTC';
  switch (trigger.type) {
    case 'CRON':
      return `CRON ${trigger.cron.trim().replace(/\s+/g, ' ')} ${zone}`;
    case 'PREDEFINED':
      return `PREDEFINED ${trigger.expression} ${zone}`;
    case 'INTERVAL':
      return `INTERVAL ${String(trigger.interval)} ${trigger.start ?? ''} ${zone}`;
  }
}

/** jitterOf is the delay of a trigger below `fuzzyMs`: always the same, from 64 bits of its identity. */
export function jitterOf(fuzzyMs: number, seed: bigint): number {
  return fuzzyMs <= 0 ? 0 : Number(BigInt.asUintN(64, seed) % BigInt(Math.floor(fuzzyMs)));
}
