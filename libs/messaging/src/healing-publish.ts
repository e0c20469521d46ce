import { type OutMessage, type PublishFailure } from './publish-batch.js';

/** PublishPorts are the effects that a healing publish needs. */
export interface PublishPorts {
  connected(): boolean;
  publish(messages: readonly OutMessage[], timeoutMs: number): Promise<PublishFailure[]>;
  /** heal makes the streams that are gone. */
  heal(): Promise<void>;
}

/**
 * healingPublish publishes a batch; messages that found no stream (somebody deleted it) are published once more after the
 * streams were made anew. While disconnected nothing is sent: what the client library buffered would arrive long after
 * the caller was told that it failed.
 */
export async function healingPublish(
  messages: readonly OutMessage[],
  timeoutMs: number,
  ports: PublishPorts,
): Promise<PublishFailure[]> {
  if (!ports.connected()) {
    return messages.map((_, index) => ({ index, reason: 'disconnected', message: 'NATS is not connected' }));
  }
  const failures = await ports.publish(messages, timeoutMs);
  const homeless = failures.filter(({ reason }) => reason === 'no-stream');
  if (homeless.length === 0) return failures;
  try {
    await ports.heal();
  } catch {
    // The caller is told which messages failed and tries again; so will this.
    return failures;
  }
  const again = homeless.flatMap(({ index }) => messages[index] ?? []);
  const stillFailed = await ports.publish(again, timeoutMs);
  return [
    ...failures.filter(({ reason }) => reason !== 'no-stream'),
    ...stillFailed.map((failure) => ({ ...failure, index: homeless[failure.index]?.index ?? failure.index })),
  ];
}
