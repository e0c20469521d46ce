import { setting } from '@maestro/config';
import { z } from 'zod';

const FORMATS = ['json', 'protobuf'] as const;
export type EventFormat = (typeof FORMATS)[number];

function formats(): z.ZodType<readonly EventFormat[], string> {
  return z.string().transform((value, context) => {
    const words = value.split(',').map((word) => word.trim());
    if (words.length === 1 && words[0] === 'none') return [];
    const known = FORMATS.filter((format) => words.includes(format));
    if (known.length === new Set(words).size) return known;
    context.addIssue({ code: 'custom', message: `must be ${FORMATS.join(', ')}, both with a comma between, or none` });
    return z.NEVER;
  });
}

/** eventSettings say what is published for everybody. */
export const eventSettings = {
  cloudEvents: setting({
    flag: 'notifier-cloudevents',
    env: 'MAESTRO_NOTIFIER_CLOUDEVENTS',
    schema: formats(),
    default: 'json,protobuf',
    doc: 'formats in which events are published on JetStream as CloudEvents; none: they are not',
    example: 'json',
  }),
};
