import type { DeliveryState, Millis } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { rowsToAsk, type PageAsk } from '@maestro/service';
import type { DeliveryFilter, LoggedDelivery } from '../../ports/delivery-log.js';

/** LogRow is a delivery as it is shown. */
export interface LogRow {
  readonly delivery_key: bigint;
  readonly message_id: string;
  readonly channel: string;
  readonly target: string;
  readonly kind: string;
  readonly workflow_id: string | null;
  readonly state: string;
  readonly attempts: number;
  readonly next_try: bigint;
  readonly last_answer: string | null;
  readonly create_time: bigint;
  readonly settle_time: bigint | null;
}

const COLUMNS =
  'delivery_key, message_id, channel, target, kind, workflow_id, state, attempts, next_try, last_answer, create_time, settle_time';
const FILTER =
  '($2::text is null or channel = $2) and ($3::text is null or target = $3) and ($4::text is null or kind = $4) and ($5::text is null or workflow_id = $5)';

export function loggedOf(row: LogRow): LoggedDelivery {
  return {
    key: row.delivery_key,
    messageId: row.message_id,
    channel: row.channel,
    target: row.target,
    kind: row.kind,
    ...(row.workflow_id === null ? {} : { workflowId: row.workflow_id }),
    state: row.state as DeliveryState,
    attempts: row.attempts,
    ...(row.last_answer === null ? {} : { lastAnswer: row.last_answer }),
    ...(row.state === 'PENDING' ? { nextTry: Number(row.next_try) } : {}),
    createTime: Number(row.create_time),
    ...(row.settle_time === null ? {} : { settleTime: Number(row.settle_time) }),
  };
}

export function selectLog(
  tenant: string,
  filter: DeliveryFilter,
  state: DeliveryState | undefined,
  ask: PageAsk,
): Statement<LogRow> {
  const older = ask.direction === 'older';
  const beyond = older ? 'delivery_key < $7' : 'delivery_key > $7';
  return {
    name: `select-delivery-log-${ask.direction}`,
    text: `select ${COLUMNS} from delivery where tenant = $1 and ${FILTER} and ($6::text is null or state = $6) and ($7::int8 is null or ${beyond})
      order by delivery_key ${older ? 'desc' : 'asc'} limit $8`,
    values: [tenant, ...valuesOf(filter), state, ask.cursor, rowsToAsk(ask)],
  };
}

export function countLog(
  tenant: string,
  filter: DeliveryFilter,
  state: DeliveryState | undefined,
): Statement<{ readonly total: bigint }> {
  return {
    name: 'count-delivery-log',
    text: `select count(*) as total from delivery where tenant = $1 and ${FILTER} and ($6::text is null or state = $6)`,
    values: [tenant, ...valuesOf(filter), state],
  };
}

/** retryDelivery begins anew: with all tries, unless it is pending; then its next try is now. */
export function retryDelivery(tenant: string, key: bigint, now: Millis): Statement<LogRow> {
  return {
    name: 'retry-delivery',
    text: `update delivery set state = 'PENDING', attempts = case when state = 'PENDING' then attempts else 0 end, next_try = $3, pending_since = $3,
        settle_time = null
      where tenant = $1 and delivery_key = $2 returning ${COLUMNS}`,
    values: [tenant, key, now],
  };
}

/** retryDead begins anew with the oldest dead ones that a filter finds. */
export function retryDead(tenant: string, filter: DeliveryFilter, limit: number, now: Millis): Statement {
  return {
    name: 'retry-dead',
    text: `update delivery set state = 'PENDING', attempts = 0, next_try = $7, pending_since = $7, settle_time = null
      where delivery_key in (select delivery_key from delivery where state = 'DEAD' and tenant = $1 and ${FILTER}
        order by delivery_key limit $6 for update skip locked)`,
    values: [tenant, ...valuesOf(filter), limit, now],
  };
}

/** giveUpDeliveries ends what waits for a target. */
export function giveUpDeliveries(
  { channel, target }: { readonly channel: string; readonly target: string },
  answer: string,
  now: Millis,
): Statement {
  return {
    name: 'give-up-deliveries',
    text: `update delivery set state = 'DEAD', last_answer = $3, settle_time = $4 where state = 'PENDING' and channel = $1 and target = $2`,
    values: [channel, target, answer, now],
  };
}

/** giveUpOld ends some of what has been pending since before an instant. */
export function giveUpOld(before: Millis, limit: number, now: Millis): Statement {
  return {
    name: 'give-up-old-deliveries',
    text: `update delivery set state = 'DEAD', last_answer = coalesce(last_answer, 'It waited for too long.'), settle_time = $3
      where delivery_key in (select delivery_key from delivery where state = 'PENDING' and pending_since < $1
        order by pending_since limit $2 for update skip locked)`,
    values: [before, limit, now],
  };
}

/** deleteOldDeliveries forgets some of what was settled before an instant. */
export function deleteOldDeliveries(before: Millis, limit: number): Statement {
  return {
    name: 'delete-old-deliveries',
    text: `delete from delivery where delivery_key in (select delivery_key from delivery where state <> 'PENDING' and settle_time < $1
      order by settle_time limit $2 for update skip locked)`,
    values: [before, limit],
  };
}

function valuesOf({ channel, target, kind, workflowId }: DeliveryFilter): (string | undefined)[] {
  return [channel, target, kind, workflowId];
}
