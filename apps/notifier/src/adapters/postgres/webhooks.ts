import { pipeline, query, queryOne, transaction } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { Clock } from '../../ports/clock.js';
import { WEBHOOK_CHANNEL } from '../../ports/channel.js';
import type { Webhooks } from '../../ports/webhook.js';
import type { Seal } from '../seal.js';
import { giveUpDeliveries } from './delivery-log.js';
import {
  deleteWebhook,
  disableWebhook,
  insertWebhook,
  selectSubscriptions,
  selectWebhook,
  selectWebhookByRequest,
  selectWebhooks,
  subscriptionOf,
  updateWebhook,
  webhookOf,
} from './webhook.js';

interface Options {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly seal: Seal;
}

export function postgresWebhooks({ pool, clock, seal }: Options): Webhooks {
  return {
    create: async (webhook, most) => {
      const insert = insertWebhook(webhook, seal.close(webhook.secret), most, clock.now());
      const [, found] = await query(pool, [insert, selectWebhookByRequest(webhook.tenant, webhook.requestId)]);
      const [row] = found.rows;
      return row === undefined ? undefined : { webhook: webhookOf(row), secret: seal.open(row.secret) };
    },
    list: async (tenant) => (await queryOne(pool, selectWebhooks(tenant))).map(webhookOf),
    find: async (tenant, id) => {
      const [row] = await queryOne(pool, selectWebhook(id));
      return row?.tenant === tenant ? webhookOf(row) : undefined;
    },
    update: async (tenant, id, { secret, ...change }) => {
      const sealed = secret === undefined ? change : { ...change, secret: seal.close(secret) };
      const [row] = await queryOne(pool, updateWebhook(tenant, id, sealed, clock.now()));
      return row === undefined ? undefined : webhookOf(row);
    },
    remove: (tenant, id) =>
      transaction(pool, async (client) => {
        const [deleted] = await pipeline(client, [deleteWebhook(tenant, id)]);
        if (deleted.rowCount === 0) return undefined;
        const target = { channel: WEBHOOK_CHANNEL, target: id };
        const [given] = await pipeline(client, [giveUpDeliveries(target, 'The webhook was deleted.', clock.now())]);
        return BigInt(given.rowCount);
      }),
    subscriptions: async () => (await queryOne(pool, selectSubscriptions())).map(subscriptionOf),
    receiver: async (id) => {
      const [row] = await queryOne(pool, selectWebhook(id));
      return row === undefined ? undefined : { url: row.url, secret: seal.open(row.secret), disabled: row.disabled };
    },
    disable: async (id, reason) => void (await query(pool, [disableWebhook(id, reason, clock.now())])),
  };
}
