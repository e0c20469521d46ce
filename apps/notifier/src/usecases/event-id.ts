import { createHash } from 'node:crypto';

/** eventId follows from what happened alone: whoever tells it again tells it by the same id. */
export function eventId(...facts: readonly (string | number | bigint)[]): string {
  return createHash('sha256')
    .update(JSON.stringify(facts.map(String)))
    .digest('hex')
    .slice(0, 32);
}
