import type { Alert } from '../alert.js';
import { timeText } from '../time-text.js';
import { linkOf } from './links.js';

/** EmailText is what an e-mail says. */
export interface EmailText {
  readonly subject: string;
  readonly text: string;
}

/** Longer lines of a header are folded by some and cut by others. */
const MAX_SUBJECT = 200;

/** emailOf writes an alert as an e-mail in plain text. */
export function emailOf(alert: Alert, baseUrl?: string): EmailText {
  const link = linkOf(alert.subject, baseUrl);
  const lines = [
    `${alert.summary}.`,
    '',
    ...alert.details,
    ...(alert.details.length > 0 ? [''] : []),
    ...(link === undefined ? [] : [link, '']),
    `${alert.type} at ${timeText(alert.time)}, tenant ${alert.tenant}`,
    alert.key,
  ];
  return { subject: oneLine(`[Maestro] ${alert.summary}`, MAX_SUBJECT), text: `${lines.join('\n')}\n` };
}

/** oneLine cuts a text that somebody else wrote to one line of at most so many characters. */
export function oneLine(text: string, max: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= max ? flat : `${flat.slice(0, max - 1)}…`;
}
