import { createHash } from 'node:crypto';

/** Asking is who asks, for which tenant, under which request id (empty: not idempotent). */
export interface Asking {
  readonly author: string;
  readonly tenant: string;
  readonly requestId: string;
}

/** bodyHash stands for what is asked for. */
export function bodyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
