import type { JsonObject, SignalMatches } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { shapeOf, wantedText } from '@maestro/signal-match';
import { exactJsonText } from '@maestro/wire';
import { lookupNumber } from './lookup-number.js';
import type { KeyedTrigger } from './trigger.js';
import type { Offer } from './wait.js';

/** insertTriggerSignals stores what triggers want of each of their signals. */
export function insertTriggerSignals(triggers: readonly KeyedTrigger[]): Statement {
  const rows = triggers.flatMap(({ key, trigger }) =>
    Object.entries(trigger.definitions).map(([name, { matchParams = {}, joinKeys = [] }]) => {
      const matches: SignalMatches = matchParams;
      return { key, name, matches, joinKeys };
    }),
  );
  return {
    name: 'insert-trigger-signals',
    text: `insert into trigger_signal (trigger_key, name, matches, join_keys, shape, lookup)
      select * from unnest($1::int8[], $2::text[], $3::json[], $4::json[], $5::text[], $6::int8[])`,
    values: [
      rows.map(({ key }) => key),
      rows.map(({ name }) => name),
      rows.map(({ matches }) => exactJsonText(matches as unknown as JsonObject)),
      rows.map(({ joinKeys }) => JSON.stringify(joinKeys)),
      rows.map(({ matches }) => shapeOf(matches)),
      rows.map(({ matches }) => lookupNumber(wantedText(matches))),
    ],
  };
}

/** HitRow is a trigger that one new signal matches by its equalities. */
export interface HitRow {
  readonly announced: number;
  readonly trigger_key: bigint;
  readonly workflow_id: string;
  readonly uuid: string;
  readonly tenant: string;
  readonly definition: string;
  readonly signals: number;
  readonly name: string;
  readonly matches: string;
  readonly join_keys: string;
}

/** selectHits finds triggers (of all, or of those with `only` these keys) that the announcements may fire, and locks them in the order of their keys. */
export function selectHits(offers: readonly Offer[], only?: readonly bigint[]): Statement<HitRow> {
  return {
    name: only === undefined ? 'select-trigger-hits' : 'select-trigger-hits-of',
    text: `select q.announced, t.trigger_key, t.workflow_id, t.uuid, t.tenant, t.definition, t.signals, s.name, s.matches, s.join_keys
      from unnest($1::int4[], $2::text[], $3::text[], $4::int8[]) q (announced, name, shape, lookup)
      join trigger_signal s on s.name = q.name collate "C" and s.shape = q.shape collate "C" and s.lookup = q.lookup
      join trigger t on t.trigger_key = s.trigger_key ${only === undefined ? '' : 'and t.trigger_key = any ($5::int8[])'}
      order by t.trigger_key, q.announced for no key update of t`,
    values: [
      offers.map(({ announced }) => announced),
      offers.map(({ name }) => name),
      offers.map(({ shape }) => shape),
      offers.map(({ text }) => lookupNumber(text)),
      ...(only === undefined ? [] : [only]),
    ],
  };
}
