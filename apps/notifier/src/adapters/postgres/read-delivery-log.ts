import { query, queryOne } from '@maestro/postgres';
import { pageOf } from '@maestro/service';
import type { Pool } from 'pg';
import type { Clock } from '../../ports/clock.js';
import type { DeliveryLog } from '../../ports/delivery-log.js';
import {
  countLog,
  deleteOldDeliveries,
  giveUpOld,
  loggedOf,
  retryDead,
  retryDelivery,
  selectLog,
} from './delivery-log.js';

export function postgresDeliveryLog({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): DeliveryLog {
  return {
    list: async (tenant, filter, state, ask) => {
      const [found, counted] = await query(pool, [
        selectLog(tenant, filter, state, ask),
        countLog(tenant, filter, state),
      ]);
      const totalCount = counted.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.delivery_key, item: loggedOf, totalCount });
    },
    retry: async (tenant, key) => {
      const [row] = await queryOne(pool, retryDelivery(tenant, key, clock.now()));
      return row === undefined ? undefined : loggedOf(row);
    },
    retryDead: async (tenant, filter, limit) => {
      const [{ rowCount }] = await query(pool, [retryDead(tenant, filter, limit, clock.now())]);
      return rowCount;
    },
    trim: async ({ pendingBefore, settledBefore }, limit) => {
      const old = [giveUpOld(pendingBefore, limit, clock.now()), deleteOldDeliveries(settledBefore, limit)];
      const results = await query(pool, old);
      return Math.max(...results.map(({ rowCount }) => rowCount));
    },
  };
}
