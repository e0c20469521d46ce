import { createHash } from 'node:crypto';
import { MAX_DEDUP_KEY } from '@maestro/alerting';
import type { JsonObject } from '@maestro/domain';
import type { Channel } from '../../ports/channel.js';
import { outcomeOf, postJson } from './post-json.js';

export interface PagerdutyOptions {
  /** Of the Events API v2. */
  readonly url: string;
  /** Routing keys by the names of services. */
  readonly keys: Readonly<Record<string, string>>;
  /** Whether what opened an incident is over. */
  readonly isResolved: (incident: string) => Promise<boolean>;
}

/** pagerdutyChannel sends events; PagerDuty takes those with one dedup key for one incident, so that a repeat changes nothing. */
export function pagerdutyChannel({ url, keys, isResolved }: PagerdutyOptions): Channel {
  return {
    name: 'pagerduty',
    send: async ({ target, payload }, signal) => {
      const routingKey = keys[target];
      if (routingKey === undefined)
        return {
          result: 'refused',
          reason: `No routing key is set for "${target}" (MAESTRO_NOTIFIER_PAGERDUTY_KEYS).`,
        };
      const { dedup_key: incident, ...event } = payload as JsonObject & { readonly dedup_key: string };
      // One that had to be tried again may come after its own end, which nothing would close any more.
      if (event['event_action'] === 'trigger' && (await isResolved(incident)))
        return { result: 'refused', reason: 'It was resolved before it could be sent.' };
      return outcomeOf(
        await postJson(url, { routing_key: routingKey, dedup_key: fitting(incident), ...event }, signal),
      );
    },
  };
}

function fitting(incident: string): string {
  return incident.length <= MAX_DEDUP_KEY ? incident : createHash('sha256').update(incident).digest('hex');
}
