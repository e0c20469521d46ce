import type { JsonObject } from '@maestro/domain';
import type { Channel } from '../../ports/channel.js';
import { outcomeOf, postJson } from './post-json.js';

/** slackChannel posts to incoming webhooks; `webhooks` has their URLs by channel (#data) or user (@ada), `*` stands for all others. */
export function slackChannel(webhooks: Readonly<Record<string, string>>): Channel {
  return {
    name: 'slack',
    send: async ({ target, payload }, signal) => {
      const own = webhooks[target];
      const url = own ?? webhooks['*'];
      if (url === undefined)
        return { result: 'refused', reason: `No webhook is set for ${target} (MAESTRO_NOTIFIER_SLACK_WEBHOOKS).` };
      const body = payload as JsonObject;
      // A webhook of its own knows its channel; a common one is told, where the workspace lets it be.
      return outcomeOf(await postJson(url, own === undefined ? { ...body, channel: target } : body, signal));
    },
  };
}
