import type { Millis } from '@maestro/domain';

/** EventFeed keeps the status changes of each batch until, and for a while after, outsiders were told. */
export interface EventFeed {
  /** Send what lies behind the cursor and move it; answers whether there may be more. */
  publishNext(limit: number, send: (batches: readonly Uint8Array[]) => Promise<void>): Promise<boolean>;
  /** Drop what was published before a time. */
  trim(before: Millis): Promise<void>;
}
