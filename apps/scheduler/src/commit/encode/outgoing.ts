import type { OutboxMessage } from '@maestro/proto/maestro/scheduler/v1/outbox';
import { MessageWriter } from './message-writer.js';

/** Outgoing is one message that a batch decided to send: an OutboxMessage of the contract. */
export type Outgoing = Omit<OutboxMessage, '$typeName' | '$unknown'>;

/** encodeOutbox is an OutboxBatch with these messages. */
export function encodeOutbox(messages: readonly Outgoing[]): Uint8Array {
  const batch = new MessageWriter();
  for (const message of messages) batch.item(1, encodeOutgoing(message));
  return batch.finish();
}

function encodeOutgoing({ subject, messageId, data, runKey, ordinal, attempt, dispatch }: Outgoing): Uint8Array {
  return new MessageWriter()
    .text(1, subject)
    .text(2, messageId)
    .bytes(3, data)
    .long(4, runKey)
    .int(5, ordinal)
    .int(6, attempt)
    .int(7, dispatch)
    .finish();
}
