import type { Millis, TriggerFinding } from '@maestro/domain';
import type { Withheld } from '@maestro/schedule';
import type { StoredTrigger } from '../ports/time-trigger-store.js';
import type { CompiledTrigger } from '../usecases/time-triggers/compiled-triggers.js';

/** explainTimeTrigger says how a trigger stands: what keeps it from firing first, then when it fires next, then what it did. */
export function explainTimeTrigger(
  row: StoredTrigger,
  compiled: CompiledTrigger,
  now: Millis,
): readonly TriggerFinding[] {
  const stopped = [paused(row), failing(row)].flatMap((finding) => finding ?? []);
  const from = Math.max(row.watermark, now - compiled.jitterMs);
  const next = stopped.length > 0 ? [] : coming(compiled, from);
  return [...stopped, ...next, ...withheldNext(compiled, from), ...skipped(row, compiled), ...fired(row)];
}

function paused({ pausedAt, pausedBy = 'somebody' }: StoredTrigger): TriggerFinding | undefined {
  if (pausedAt === undefined) return undefined;
  return {
    kind: 'PAUSED',
    since: pausedAt,
    message: `It is paused by ${pausedBy}.`,
    remedy: 'Resume it; what it missed then starts as its catch-up policy says, or not at all with --skip-missed.',
  };
}

function failing({ reason, nextFireAt, pausedAt }: StoredTrigger): TriggerFinding | undefined {
  if (reason === undefined) return undefined;
  return {
    kind: 'FAILING',
    until: pausedAt === undefined ? nextFireAt : undefined,
    message: `Its workflow cannot be started: ${reason}`,
    remedy: 'Nothing is lost: it is tried again by itself. Do what the message asks for.',
  };
}

function coming({ schedule, jitterMs, trigger }: CompiledTrigger, from: Millis): readonly TriggerFinding[] {
  const next = schedule.after(from);
  if (next === undefined) {
    const why = trigger.endDate === undefined ? 'Its schedule has no more times' : `It ended with ${trigger.endDate}`;
    return [
      { kind: 'ENDED', message: `${why}: it fires never again.`, remedy: 'Push a version with another schedule.' },
    ];
  }
  const delay = jitterMs === 0 ? '' : `, and starts ${jitterMs} ms later by its own delay below fuzzy_max_delay`;
  return [{ kind: 'TIME', until: next + jitterMs, message: `Its next time is ${instantText(next)}${delay}.` }];
}

/** The next time that its cron expression gives, where it does not fire then. */
function withheldNext({ schedule }: CompiledTrigger, from: Millis): readonly TriggerFinding[] {
  const next = schedule.bare.after(from);
  const withheld = next === undefined ? undefined : schedule.withheld(next);
  return next === undefined || withheld === undefined ? [] : [withheldAt(next, withheld)];
}

/** withheldAt says which date or blackout keeps a time from firing. */
export function withheldAt(at: Millis, { field, entry }: Withheld): TriggerFinding {
  return {
    kind: 'WITHHELD',
    message: `It does not fire at ${instantText(at)}: ${WITHHELD[field]} "${entry}".`,
    remedy: `To have it fire then, push a version without it, or fire it by hand.`,
  };
}

const WITHHELD: Readonly<Record<Withheld['field'], string>> = {
  blackouts: 'that lies in the blackout',
  start_date: 'that is before its start_date',
  end_date: 'that is after its end_date',
};

function skipped({ skipped: count }: StoredTrigger, { trigger }: CompiledTrigger): readonly TriggerFinding[] {
  if (count === 0n) return [];
  const message = `${count} firings that were missed did not start: catch_up is ${policyText(trigger)}.`;
  return [{ kind: 'SKIPPED', message, remedy: 'Fire it by hand for the times that are needed.' }];
}

/** policyText is the catch-up policy of a trigger. */
export function policyText({ catchUp = 'ALL', maxCatchUp }: CompiledTrigger['trigger']): string {
  return catchUp === 'ALL' && maxCatchUp !== undefined ? `ALL with max_catch_up ${maxCatchUp}` : catchUp;
}

function fired({ lastNominal, lastInstance, fired: count }: StoredTrigger): readonly TriggerFinding[] {
  if (lastNominal === undefined) return [{ kind: 'FIRED', message: 'It has not fired yet.' }];
  const instance = lastInstance === undefined ? '' : ` and started instance ${lastInstance}`;
  return [{ kind: 'FIRED', message: `It fired ${count} times: last for ${instantText(lastNominal)}${instance}.` }];
}

/** instantText is an instant for people, in UTC. */
export function instantText(at: Millis): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
