import type { Statement } from '@maestro/postgres';
import type { ExecutorLease } from '../../ports/executor-leases.js';
import { NOW } from './now.js';

/** Renew a lease; a lease that ran out is not renewed under the same incarnation. Answers the incarnation before; no row: refused. */
export function renewExecutor(lease: ExecutorLease, leaseMs: number): Statement<{ former: bigint | null }> {
  return {
    name: 'executor-renew',
    text: `with old as (select incarnation from executor where executor_id = $1)
           insert into executor as e (executor_id, incarnation, pool, slots, free_slots, draining, step_types, labels, address, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, ${NOW} + $10)
           on conflict (executor_id) do update set incarnation = excluded.incarnation, pool = excluded.pool, slots = excluded.slots,
             free_slots = excluded.free_slots, draining = excluded.draining, step_types = excluded.step_types, labels = excluded.labels,
             address = excluded.address, expires_at = excluded.expires_at
           where e.expires_at > ${NOW} or excluded.incarnation > e.incarnation
           returning (select incarnation from old) as former`,
    values: [
      lease.executorId,
      lease.incarnation,
      lease.pool,
      lease.slots,
      lease.freeSlots,
      lease.draining,
      lease.stepTypes,
      lease.labels,
      lease.address,
      leaseMs,
    ],
  };
}

/** Forget executors that are gone and hold nothing. */
export const removeGone: Statement = {
  name: 'executor-remove-gone',
  text: `delete from executor e where expires_at <= ${NOW}
           and not exists (select 1 from claim c where c.holder = e.executor_id || '#' || e.incarnation)`,
};

/** Slots of the live executors of each pool, by its name, and the labels that all of them have. */
export const readPools: Statement<{ pool: string; executors: bigint; slots: bigint; labels: string[] }> = {
  name: 'executor-read-pools',
  text: `with live as (select pool, slots, labels from executor where expires_at > ${NOW} and not draining),
              sums as (select pool, count(*) as executors, sum(slots) as slots from live group by pool)
         select s.pool, s.executors, s.slots,
                array(select label from (select unnest(l.labels) as label from live l where l.pool = s.pool) each
                      group by label having count(*) = s.executors) as labels
         from sums s order by s.pool`,
};
