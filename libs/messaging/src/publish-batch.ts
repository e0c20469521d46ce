import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { encodeHeaders, type Headers } from './headers.js';

/** OutMessage is one message for JetStream. */
export interface OutMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  /** Repeats within the stream's duplicate window are dropped by the server. */
  readonly msgId?: string;
  readonly headers?: Headers;
}

/** PublishFailure is a message that was not stored, as far as is known. */
export interface PublishFailure {
  /** Its place in the batch. */
  readonly index: number;
  /** `no-stream`: nobody stores this subject. `timeout`: no answer; it may be stored. `refused`: the server said no. */
  readonly reason: 'no-stream' | 'timeout' | 'refused' | 'disconnected';
  readonly message: string;
}

interface Batch {
  /** One byte per message: 1 = answered. */
  readonly answered: Uint8Array;
  readonly failures: PublishFailure[];
  left: number;
  readonly done: (failures: PublishFailure[]) => void;
  readonly timer: NodeJS.Timeout;
}

/** Second character of `{"stream":...}`, which every successful PubAck begins with; a failure begins with `{"error":`. */
const S = 's'.charCodeAt(0);

/**
 * BatchPublisher publishes to JetStream with one promise and one timer for a whole batch; every PubAck is checked all the
 * same. The library's own publish has both per message, which makes it the dearest step of a dispatch.
 */
export class BatchPublisher {
  private readonly inbox = createInbox();
  private readonly batches = new Map<string, Batch>();
  private next = 0;

  constructor(private readonly connection: NatsConnection) {
    connection.subscribe(`${this.inbox}.*.*`, { callback: (error, ack) => this.take(error, ack) });
  }

  /** publish resolves with what was not stored; an empty list means that all of it was. */
  publish(messages: readonly OutMessage[], timeoutMs: number): Promise<PublishFailure[]> {
    if (messages.length === 0) return Promise.resolve([]);
    const id = (this.next++).toString(36);
    return new Promise((done) => {
      this.batches.set(id, {
        answered: new Uint8Array(messages.length),
        failures: [],
        left: messages.length,
        done,
        timer: setTimeout(() => this.expire(id), timeoutMs),
      });
      messages.forEach((message, index) => this.send(id, message, index));
    });
  }

  private send(id: string, { subject, data, headers, msgId }: OutMessage, index: number): void {
    const reply = `${this.inbox}.${id}.${String(index)}`;
    const encoded = encodeHeaders(headers, msgId);
    try {
      this.connection.publish(subject, data, encoded === undefined ? { reply } : { reply, headers: encoded });
    } catch (error) {
      this.settle(id, index, { index, reason: 'disconnected', message: textOf(error) });
    }
  }

  private take(error: Error | null, ack: Msg): void {
    if (error !== null) return;
    const [id = '', index = ''] = ack.subject.slice(this.inbox.length + 1).split('.');
    this.settle(id, Number(index), failureOf(Number(index), ack));
  }

  private settle(id: string, index: number, failure: PublishFailure | undefined): void {
    const batch = this.batches.get(id);
    if (batch === undefined || batch.answered[index] !== 0) return;
    batch.answered[index] = 1;
    if (failure !== undefined) batch.failures.push(failure);
    batch.left -= 1;
    if (batch.left === 0) this.finish(id, batch);
  }

  private expire(id: string): void {
    const batch = this.batches.get(id);
    if (batch === undefined) return;
    batch.answered.forEach((answered, index) => {
      if (answered === 0) batch.failures.push({ index, reason: 'timeout', message: 'no PubAck in time' });
    });
    this.finish(id, batch);
  }

  private finish(id: string, batch: Batch): void {
    clearTimeout(batch.timer);
    this.batches.delete(id);
    batch.done(batch.failures);
  }
}

function failureOf(index: number, ack: Msg): PublishFailure | undefined {
  if (ack.data[2] === S) return undefined;
  if (ack.data.length === 0) return { index, reason: 'no-stream', message: 'no stream stores this subject' };
  const { error } = ack.json<{ error?: { description?: string; code?: number } }>();
  if (error === undefined) return undefined;
  const message = error.description ?? `error ${String(error.code)}`;
  return { index, reason: /stream not found/i.test(message) ? 'no-stream' : 'refused', message };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
