import {
  AckPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { MaestroError } from '@maestro/domain';
import { CONSUMER_NOT_FOUND, ifFound, STREAM_NOT_FOUND } from './if-found.js';

/** StreamTopology is what a stream must be. Only what servers of 2.9 and newer know is used. */
export interface StreamTopology {
  readonly name: string;
  readonly subjects: readonly string[];
  /** `workqueue`: a message is gone when it is acked; `limits`: it stays until it is too old. */
  readonly retention: 'workqueue' | 'limits';
  readonly duplicateWindowMs: number;
  readonly maxAgeMs?: number;
  readonly maxBytes?: number;
}

/** ConsumerTopology is a durable pull consumer with explicit acks and any number of unacked messages. */
export interface ConsumerTopology {
  readonly stream: string;
  readonly name: string;
  /** What of the stream it takes. Consumers of one work queue must not overlap. */
  readonly filter: string;
  /** How long a delivered message may stay unacked before it is delivered again. 10 s when absent. */
  readonly ackWaitMs?: number;
}

const NANOS = 1_000_000;

/** How streams are made. */
export interface StreamMaking {
  /** Copies of each stream in a cluster. */
  readonly replicas: number;
  /**
   * How long to wait before a stream that is gone is made again. A server removes the files of a deleted stream after it
   * answered; one made at once loses its files to that (seen with 2.9.10: "error opening msg block file").
   */
  readonly settleMs: number;
}

/** ensureStream creates the stream, or brings the one that is there to what the topology says. */
export async function ensureStream(
  manager: JetStreamManager,
  stream: StreamTopology,
  { replicas, settleMs }: StreamMaking,
): Promise<void> {
  const wanted = streamConfig(stream, replicas);
  const found = await ifFound(STREAM_NOT_FOUND, () => manager.streams.info(stream.name));
  if (found === undefined) {
    if (settleMs > 0) await new Promise((resolve) => setTimeout(resolve, settleMs));
    await manager.streams.add(wanted);
    return;
  }
  const { retention, storage } = found.config;
  if (retention !== wanted.retention || storage !== wanted.storage) throw immutable(stream.name);
  if (differs(wanted, found.config)) await manager.streams.update(stream.name, wanted);
}

/** ensureConsumer creates the durable consumer if it is not there. */
export async function ensureConsumer(manager: JetStreamManager, consumer: ConsumerTopology): Promise<void> {
  const found = await ifFound(CONSUMER_NOT_FOUND, () => manager.consumers.info(consumer.stream, consumer.name));
  const wanted = consumerConfig(consumer);
  if (found !== undefined && !differs(wanted, found.config)) return;
  // `add` of a durable that exists updates it.
  await manager.consumers.add(consumer.stream, wanted);
}

function streamConfig(stream: StreamTopology, replicas: number): Partial<StreamConfig> & { name: string } {
  return {
    name: stream.name,
    subjects: [...stream.subjects],
    retention: stream.retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    storage: StorageType.File,
    num_replicas: replicas,
    duplicate_window: stream.duplicateWindowMs * NANOS,
    max_age: (stream.maxAgeMs ?? 0) * NANOS,
    max_bytes: stream.maxBytes ?? -1,
  };
}

function consumerConfig(consumer: ConsumerTopology): Partial<ConsumerConfig> {
  return {
    durable_name: consumer.name,
    filter_subject: consumer.filter,
    ack_policy: AckPolicy.Explicit,
    ack_wait: (consumer.ackWaitMs ?? 10_000) * NANOS,
    max_ack_pending: -1,
    max_deliver: -1,
  };
}

function differs(wanted: object, found: object): boolean {
  const have = found as Record<string, unknown>;
  return Object.entries(wanted).some(([key, value]) => JSON.stringify(value) !== JSON.stringify(have[key]));
}

function immutable(name: string): MaestroError {
  const message =
    `The JetStream stream ${name} exists with another retention or storage, which cannot be changed in place. ` +
    `Delete it ('nats stream rm ${name}'): Maestro creates it anew and loses nothing.`;
  return new MaestroError('UNAVAILABLE', message);
}
