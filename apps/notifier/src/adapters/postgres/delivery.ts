import type { Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Delivery, NewDelivery, Settled, TakeAsk } from '../../ports/delivery.js';

/** insertDeliveries answers nothing for what is known already. */
export function insertDeliveries(deliveries: readonly NewDelivery[], now: Millis): Statement {
  const column = (read: (delivery: NewDelivery) => string | undefined): (string | undefined)[] => deliveries.map(read);
  return {
    name: 'insert-deliveries',
    text: `insert into delivery (message_id, channel, target, kind, tenant, workflow_id, payload, next_try, create_time, pending_since)
      select q.message_id, q.channel, q.target, q.kind, q.tenant, q.workflow_id, q.payload::json, $8, $8, $8
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) with ordinality
        as q (message_id, channel, target, kind, tenant, workflow_id, payload, place)
      order by q.place
      on conflict (channel, target, message_id) do nothing`,
    values: [
      column(({ messageId }) => messageId),
      column(({ channel }) => channel),
      column(({ target }) => target),
      column(({ kind }) => kind),
      column(({ tenant }) => tenant),
      column(({ workflowId }) => workflowId),
      column(({ payload }) => exactJsonText(payload)),
      now,
    ],
  };
}

/** DeliveryRow is a delivery that is to be sent. */
export interface DeliveryRow {
  readonly delivery_key: bigint;
  readonly message_id: string;
  readonly channel: string;
  readonly target: string;
  readonly kind: string;
  readonly tenant: string;
  readonly workflow_id: string | null;
  readonly payload: string;
  readonly attempts: number;
  readonly create_time: bigint;
  readonly pending_since: bigint;
}

/**
 * takeDeliveries leases the oldest that are due of each target, as many as it has room for. It walks from target to target along the index, so that
 * a target with many deliveries costs no more than one with few.
 */
export function takeDeliveries(
  { limit, perTarget, lanes }: TakeAsk,
  now: Millis,
  leaseEnd: Millis,
): Statement<DeliveryRow> {
  return {
    name: 'take-deliveries',
    text: `with recursive lane (channel, target) as (
        (select channel, target from delivery where state = 'PENDING' order by channel, target limit 1)
        union all
        select next.channel, next.target from lane cross join lateral (
          select d.channel, d.target from delivery d
          where d.state = 'PENDING' and (d.channel, d.target) > (lane.channel, lane.target)
          order by d.channel, d.target limit 1
        ) next
      ), due as (
        select one.delivery_key from lane
          left join unnest($1::text[], $2::text[], $3::int4[]) as busy (channel, target, room)
            on busy.channel = lane.channel and busy.target = lane.target
          cross join lateral (
            select d.delivery_key, d.next_try from delivery d
            where d.state = 'PENDING' and d.channel = lane.channel and d.target = lane.target and d.next_try <= $6
            order by d.next_try, d.delivery_key limit coalesce(busy.room, $4) for update skip locked
          ) one
        order by one.next_try, one.delivery_key limit $5
      )
      update delivery d set attempts = d.attempts + 1, next_try = $7 from due where d.delivery_key = due.delivery_key
      returning d.delivery_key, d.message_id, d.channel, d.target, d.kind, d.tenant, d.workflow_id, d.payload, d.attempts,
        d.create_time, d.pending_since`,
    values: [
      lanes.map(({ channel }) => channel),
      lanes.map(({ target }) => target),
      lanes.map(({ room }) => room),
      perTarget,
      limit,
      now,
      leaseEnd,
    ],
  };
}

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    key: row.delivery_key,
    messageId: row.message_id,
    channel: row.channel,
    target: row.target,
    kind: row.kind,
    tenant: row.tenant,
    ...(row.workflow_id === null ? {} : { workflowId: row.workflow_id }),
    payload: parseExactJson(row.payload),
    attempt: row.attempts,
    createTime: Number(row.create_time),
    pendingSince: Number(row.pending_since),
  };
}

/** settleDeliveries writes what became of tries; one that another replica has taken over meanwhile is left to it. */
export function settleDeliveries(settled: readonly Settled[], now: Millis): Statement {
  return {
    name: 'settle-deliveries',
    text: `update delivery d set state = q.state, last_answer = q.answer, next_try = coalesce(q.next_try, d.next_try),
        settle_time = case when q.state = 'PENDING' then null else $6::int8 end
      from unnest($1::int8[], $2::int4[], $3::text[], $4::text[], $5::int8[]) as q (delivery_key, attempt, state, answer, next_try)
      where d.delivery_key = q.delivery_key and d.attempts = q.attempt and d.state = 'PENDING'`,
    values: [
      settled.map(({ key }) => key),
      settled.map(({ attempt }) => attempt),
      settled.map(({ state }) => state),
      // A receiver may answer with anything; Postgres keeps no NUL in a text.
      settled.map(({ answer }) => answer.replaceAll('\0', '')),
      settled.map(({ nextTry }) => nextTry),
      now,
    ],
  };
}

/** selectNextDue: what is due now waits for room, not for a time. */
export function selectNextDue(now: Millis): Statement<{ readonly next: bigint | null }> {
  const text = `select min(next_try) as next from delivery where state = 'PENDING' and next_try > $1`;
  return { name: 'select-next-due', text, values: [now] };
}
