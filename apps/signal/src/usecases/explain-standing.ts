import type { SignalTriggerMatch, TriggerFinding } from '@maestro/domain';
import type { Firing } from '../ports/lineage.js';
import type { OpenJoin, TriggerStanding } from '../ports/trigger-standings.js';

/** Joins that are told in words; the others are counted. */
const TOLD = 3;

/** explainStanding says what a trigger waits for, and what it did last. */
export function explainStanding(standing: TriggerStanding): readonly TriggerFinding[] {
  const names = Object.keys(standing.trigger.definitions);
  const missing = names.length === 1 ? nextSignal(standing) : openJoins(standing, names);
  return [...missing, standing.lastFiring === undefined ? NEVER : fired(standing.lastFiring)];
}

const NEVER: TriggerFinding = { kind: 'FIRED', message: 'It has not fired, or not since signals are kept.' };

function nextSignal({ trigger, signals, subscribeTime }: TriggerStanding): readonly TriggerFinding[] {
  return signals.map(({ name, lastSeq }) => {
    const latest = lastSeq === 0n ? 'it was never announced' : `its latest is ${name}#${lastSeq}`;
    const wanted = matchText(trigger.definitions[name]);
    return { kind: 'SIGNAL', since: subscribeTime, message: `It fires with the next ${name}${wanted}; ${latest}.` };
  });
}

function openJoins({ joins, openJoins: open, ...standing }: TriggerStanding, names: readonly string[]) {
  if (joins.length === 0) return [noJoin(standing.trigger.definitions, standing.subscribeTime)];
  const told = joins.slice(0, TOLD).map((each) => openJoin(each, names));
  const more = open - BigInt(told.length);
  const rest = `${more} more joins wait for some of their signals.`;
  return more === 0n ? told : [...told, { kind: 'SIGNAL' as const, message: rest }];
}

function noJoin(definitions: TriggerStanding['trigger']['definitions'], since: number): TriggerFinding {
  const wanted = Object.entries(definitions).map(([name, match]) => `${name}${matchText(match)}`);
  const keys = Object.values(definitions).some(({ joinKeys = [] }) => joinKeys.length > 0)
    ? ' with equal join keys'
    : '';
  return {
    kind: 'SIGNAL',
    since,
    message: `It holds no signal yet. It needs one each of ${wanted.join(' and ')}${keys}.`,
  };
}

function openJoin({ values, held, since }: OpenJoin, names: readonly string[]): TriggerFinding {
  const has = Object.entries(held).map(([name, seq]) => `${name}#${seq}`);
  const missing = missingOf(held, names);
  const keys =
    values.length === 0 ? 'It' : `The join of ${values.map((value) => JSON.stringify(String(value))).join(', ')}`;
  const message = `${keys} has ${has.join(' and ')} and misses ${missing.join(' and ')}.`;
  return { kind: 'SIGNAL', since, message, remedy: `Announce ${missing.join(' and ')} with the same join keys.` };
}

/** missingOf are the signals of a join that are not there yet. */
export function missingOf(held: OpenJoin['held'], names: readonly string[]): readonly string[] {
  return names.filter((name) => !Object.hasOwn(held, name));
}

function matchText({ matchParams = {} }: SignalTriggerMatch = {}): string {
  const each = Object.entries(matchParams).map(([name, { operator, value }]) => `${name} ${operator} ${String(value)}`);
  return each.length === 0 ? '' : ` with ${each.join(' and ')}`;
}

function fired({ workflowId, signalIds, state, detail = '', started, fireTime }: Firing): TriggerFinding {
  const signals = Object.entries(signalIds).map(([name, seq]) => `${name}#${seq}`);
  const last = { since: fireTime, message: `It fired last with ${signals.join(' and ')}` };
  switch (state) {
    case 'STARTED':
      return {
        kind: 'FIRED',
        ...last,
        message: `${last.message} and started ${workflowId}/${started?.instanceId ?? '?'}.`,
      };
    case 'DROPPED':
      return { kind: 'FIRED', ...last, message: `${last.message}, and started nothing: ${detail}.` };
    case 'PENDING':
      return { kind: 'FAILING', ...last, message: `${last.message}, and is being started. ${detail}`.trim() };
    case 'FAILED': {
      const remedy = 'The signals stay used: mend the definition and announce them again.';
      return { kind: 'FAILING', ...last, message: `${last.message}, and cannot start: ${detail}`, remedy };
    }
  }
}
