import { integer, optional, setting, text, url } from '@maestro/config';
import { z } from 'zod';

/** Names to secrets, as JSON. */
function jsonMap(what: string): z.ZodType<Readonly<Record<string, string>>, string> {
  return z.string().transform((value, context) => {
    const parsed = parsedMap(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: `must be a JSON object of ${what}` });
    return z.NEVER;
  });
}

function parsedMap(value: string): Readonly<Record<string, string>> | undefined {
  try {
    return z.record(z.string(), z.string().min(1)).parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** alertSettings say how alerts reach people. */
export const alertSettings = {
  smtpUrl: setting({
    flag: 'notifier-smtp-url',
    env: 'MAESTRO_NOTIFIER_SMTP_URL',
    schema: optional(url('smtp', 'smtps')),
    default: '',
    doc: 'the server that takes e-mails, with user and password; smtps:// speaks TLS from the beginning, smtp:// turns to it where the server can; empty: no e-mails',
    example: 'smtp://maestro:secret@mail.example.com:587?requireTLS=true',
    secret: true,
  }),
  smtpFrom: setting({
    flag: 'notifier-smtp-from',
    env: 'MAESTRO_NOTIFIER_SMTP_FROM',
    schema: text(),
    default: 'Maestro <maestro@localhost>',
    doc: 'from whom e-mails come',
    example: 'Maestro <maestro@example.com>',
  }),
  slackWebhooks: setting({
    flag: 'notifier-slack-webhooks',
    env: 'MAESTRO_NOTIFIER_SLACK_WEBHOOKS',
    schema: jsonMap('incoming webhook URLs by channel or user; * stands for all others'),
    default: '{}',
    doc: 'incoming webhooks of Slack by channel (#data) or user (@ada), as JSON; * stands for all others',
    example: '{"#data":"https://hooks.slack.com/services/T0/B0/x","*":"https://hooks.slack.com/services/T0/B1/y"}',
    secret: true,
  }),
  pagerdutyKeys: setting({
    flag: 'notifier-pagerduty-keys',
    env: 'MAESTRO_NOTIFIER_PAGERDUTY_KEYS',
    schema: jsonMap('routing keys by name of a PagerDuty service'),
    default: '{}',
    doc: 'routing keys (Events API v2) by the names of PagerDuty services that definitions use, as JSON',
    example: '{"data-oncall":"R0123456789ABCDEF0123456789ABCDEF"}',
    secret: true,
  }),
  pagerdutyUrl: setting({
    flag: 'notifier-pagerduty-url',
    env: 'MAESTRO_NOTIFIER_PAGERDUTY_URL',
    schema: url('http', 'https'),
    default: 'https://events.pagerduty.com/v2/enqueue',
    doc: 'where events for PagerDuty go',
    example: 'https://events.eu.pagerduty.com/v2/enqueue',
  }),
  alertBaseUrl: setting({
    flag: 'notifier-alert-base-url',
    env: 'MAESTRO_NOTIFIER_ALERT_BASE_URL',
    schema: optional(url('http', 'https')),
    default: '',
    doc: 'where people look at runs: alerts link to <this>/workflows/..; empty: no links',
    example: 'https://maestro.example.com',
  }),
  alertDigestSeconds: setting({
    flag: 'notifier-alert-digest-seconds',
    env: 'MAESTRO_NOTIFIER_ALERT_DIGEST_SECONDS',
    schema: integer({ min: 0, max: 86_400 }),
    default: '60',
    doc: 'for how long failures of one run are gathered into one message; the end of the run ends the wait',
    example: '10',
  }),
  alertKeepDays: setting({
    flag: 'notifier-alert-keep-days',
    env: 'MAESTRO_NOTIFIER_ALERT_KEEP_DAYS',
    schema: integer({ min: 1, max: 36_525 }),
    default: '90',
    doc: 'how long alerts are remembered that are resolved',
    example: '365',
  }),
};
