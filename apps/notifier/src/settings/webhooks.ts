import { optional, setting, text, yesNo } from '@maestro/config';
import { z } from 'zod';

const KEY_BYTES = 32;

/** secretKeys are keys in base64, separated by commas. */
function secretKeys(): z.ZodType<readonly Buffer[], string> {
  return z.string().transform((value, context) => {
    const keys = value
      .split(',')
      .filter((each) => each !== '')
      .map((each) => Buffer.from(each, 'base64'));
    if (keys.every((key) => key.length === KEY_BYTES)) return keys;
    context.addIssue({
      code: 'custom',
      message: `must be keys of ${KEY_BYTES} bytes in base64, separated by commas (openssl rand -base64 32)`,
    });
    return z.NEVER;
  });
}

/** webhookSettings say where webhooks may lead, and how their secrets are kept. */
export const webhookSettings = {
  webhookAllow: setting({
    flag: 'notifier-webhook-allow',
    env: 'MAESTRO_NOTIFIER_WEBHOOK_ALLOW',
    schema: optional(text()),
    default: '',
    doc: 'hosts that webhooks may lead to, separated by commas; *: any; empty: none',
    example: 'hooks.example.com',
  }),
  webhookAllowPrivate: setting({
    flag: 'notifier-webhook-allow-private',
    env: 'MAESTRO_NOTIFIER_WEBHOOK_ALLOW_PRIVATE',
    schema: yesNo(),
    default: 'false',
    doc: 'true: allowed hosts may also have loopback, link-local and private addresses',
    example: 'true',
  }),
  secretKeys: setting({
    flag: 'notifier-secret-keys',
    env: 'MAESTRO_NOTIFIER_SECRET_KEYS',
    schema: secretKeys(),
    default: '',
    doc: 'keys that seal the secrets of webhooks in the database (32 bytes in base64, separated by commas): the first seals, all open; empty: they are stored as they are',
    example: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
    secret: true,
  }),
};
