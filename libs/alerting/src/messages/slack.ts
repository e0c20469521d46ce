import type { JsonObject } from '@maestro/domain';
import type { Alert } from '../alert.js';
import { timeText } from '../time-text.js';
import { oneLine } from './email.js';
import { linkOf } from './links.js';

/** What Slack takes at most (blocks of its Block Kit). */
const MAX_HEADER = 150;
const MAX_SECTION = 3_000;

export interface SlackOptions {
  readonly mentionUsers: readonly string[];
  readonly baseUrl?: string;
}

/** slackOf writes an alert as the body of an incoming webhook; `text` is for notifications and old clients. */
export function slackOf(alert: Alert, { mentionUsers, baseUrl }: SlackOptions): JsonObject {
  const link = linkOf(alert.subject, baseUrl);
  const lines = [
    ...(mentionUsers.length === 0 ? [] : [mentionUsers.map(mention).join(' ')]),
    ...(link === undefined ? [] : [`<${link}|Open>`]),
    ...alert.details.map(escaped),
  ];
  // Only details are ever cut.
  const section = lines.join('\n').slice(0, MAX_SECTION);
  return {
    text: escaped(oneLine(alert.summary, MAX_SECTION)),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: oneLine(alert.summary, MAX_HEADER) } },
      ...(section === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: section } }]),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: escaped(`${alert.type} · ${timeText(alert.time)} · ${alert.tenant}`) }],
      },
    ],
  };
}

/** An id of Slack is mentioned for real, any other name is written. */
function mention(user: string): string {
  const name = user.replace(/^@/, '');
  return /^[UW][A-Z0-9]{6,}$/.test(name) ? `<@${name}>` : `@${escaped(name)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
