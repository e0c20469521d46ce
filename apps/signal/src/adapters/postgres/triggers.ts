import { pipeline, query, transaction } from '@maestro/postgres';
import { shapeOf } from '@maestro/signal-match';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../ports/clock.js';
import type { FiredTriggers, Triggers, WantedTriggers } from '../../ports/triggers.js';
import { byBytes } from './by-bytes.js';
import { movePosition, selectPosition } from './feed-cursor.js';
import { lookBack } from './look-back.js';
import { insertNames, lockNames } from './signal-name.js';
import { insertShapes } from './signal-shape.js';
import { deleteOthers, insertTriggers, type KeyedTrigger } from './trigger.js';
import { firedOf, takeFired, updateFired } from './trigger-match.js';
import { insertTriggerSignals } from './trigger-signal.js';
import { upsertWorkflow } from './trigger-workflow.js';

interface Options {
  readonly pool: Pool;
  readonly clock: Clock;
}

/** postgresTriggers subscribes under the locks of the signals' names: an announcement either sees a trigger whole, or came before it. */
export function postgresTriggers({ pool, clock }: Options): Triggers {
  return {
    subscribe: (wanted) => transaction(pool, (client) => subscribeIn(client, clock, wanted)),
    position: async () => {
      const [{ rows }] = await query(pool, [selectPosition()]);
      return rows[0]?.position ?? 0n;
    },
    move: async (position) => void (await query(pool, [movePosition(position)])),
  };
}

/** postgresFiredTriggers hands out what fired, each to one replica at a time. */
export function postgresFiredTriggers({ pool, clock }: Options): FiredTriggers {
  return {
    take: async (limit) => {
      const [{ rows }] = await query(pool, [takeFired(clock.now(), limit)]);
      return rows.map(firedOf);
    },
    settle: async (settled) => void (await query(pool, [updateFired(settled, clock.now())])),
  };
}

async function subscribeIn(client: PoolClient, clock: Clock, wanted: WantedTriggers): Promise<number> {
  const definitions = wanted.triggers.flatMap(({ trigger }) => Object.entries(trigger.definitions));
  const names = [...new Set(definitions.map(([name]) => name))].sort(byBytes);
  const shapes = definitions.map(([name, { matchParams = {} }]) => ({ name, shape: shapeOf(matchParams) }));
  const [, , newer] = await pipeline(client, [insertNames(names), lockNames(names), upsertWorkflow(wanted)]);
  if (newer.rows.length === 0) return 0;
  const now = clock.now();
  const [, , inserted] = await pipeline(client, [
    insertShapes(shapes),
    deleteOthers(wanted),
    insertTriggers(wanted, now),
  ]);
  const keys = new Map(inserted.rows.map((row) => [row.uuid, row.trigger_key]));
  const added = wanted.triggers.flatMap((each): readonly KeyedTrigger[] => {
    const key = keys.get(each.uuid);
    return key === undefined ? [] : [{ ...each, key }];
  });
  if (added.length === 0) return 0;
  await pipeline(client, [insertTriggerSignals(added)]);
  return lookBack(client, added, wanted.since, now);
}
