import type { OutboxMessage } from '@maestro/proto/maestro/scheduler/v1/outbox';

/** OutboxStore keeps what committed batches decided to send. */
export interface OutboxStore {
  /** Claim rows of replicas that are gone, send what is still open of them, delete them. Answers whether there may be more. */
  relayLapsed(send: (messages: readonly OutboxMessage[]) => Promise<void>): Promise<boolean>;
  /** Delete rows whose messages were sent. */
  remove(batchIds: readonly bigint[]): Promise<void>;
}
