import { query, queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { Clock } from '../../ports/clock.js';
import type { Deliveries } from '../../ports/delivery.js';
import { deliveryOf, insertDeliveries, selectNextDue, settleDeliveries, takeDeliveries } from './delivery.js';

interface Options {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Longer than any try takes. */
  readonly leaseMs: number;
}

/** postgresDeliveries hands out what is due, each to one replica at a time. */
export function postgresDeliveries({ pool, clock, leaseMs }: Options): Deliveries {
  return {
    add: async (deliveries) => {
      if (deliveries.length > 0) await query(pool, [insertDeliveries(deliveries, clock.now())]);
    },
    take: async (ask, now) => {
      const rows = await queryOne(pool, takeDeliveries(ask, now, now + leaseMs));
      return rows.map(deliveryOf).sort((left, right) => Number(left.key - right.key));
    },
    settle: async (settled) => void (await query(pool, [settleDeliveries(settled, clock.now())])),
    nextDue: async (now) => {
      const [row] = await queryOne(pool, selectNextDue(now));
      return row?.next === null || row === undefined ? undefined : Number(row.next);
    },
  };
}
