import type { ConsumerTopology, Delivery, Messaging, TaskConsumer } from '@maestro/messaging';
import type { Logger } from '@maestro/telemetry';
import type { EventListener } from '../ports/event-listener.js';
import type { MaestroEvent } from '../ports/maestro-event.js';

/** Messages that may wait here; each holds the events of one commit, which can be thousands. */
const CREDIT = 64;
/** So many events together, at least those of one message. */
const BATCH_EVENTS = 1_000;
const RETRY_MS = 1_000;

export interface HearEventsDeps {
  readonly messaging: Pick<Messaging, 'consumeTasks'>;
  readonly consumer: ConsumerTopology;
  readonly read: (data: Uint8Array) => readonly MaestroEvent[];
  readonly listener: EventListener;
  /** Whether a batch failed for what is in it: then each message is tried alone. */
  readonly isDataError: (error: unknown) => boolean;
  readonly logger: Logger;
}

interface Heard {
  readonly delivery: Delivery;
  readonly events: readonly MaestroEvent[];
}

/** EventHearer hears a durable consumer: messages are acked when the listener has stored what it makes of them. */
export class EventHearer {
  private readonly waiting: Heard[] = [];
  private readonly consumer: TaskConsumer;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly deps: HearEventsDeps) {
    const { messaging, consumer } = deps;
    this.consumer = messaging.consumeTasks({ consumer, credit: CREDIT, onTask: (delivery) => this.take(delivery) });
  }

  /** stop gives back what has not been begun. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.consumer.stop();
    await this.running;
    for (const { delivery } of this.waiting.splice(0)) delivery.nak();
  }

  private take(delivery: Delivery): void {
    const events = this.read(delivery);
    if (events === undefined || this.stopped) return;
    this.waiting.push({ delivery, events });
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** A message that cannot be read never can: it is told of and left out. */
  private read(delivery: Delivery): readonly MaestroEvent[] | undefined {
    try {
      return this.deps.read(delivery.data);
    } catch (err) {
      this.deps.logger.error({ err, subject: delivery.subject }, 'a message cannot be read; it is left out');
      this.done(delivery);
      return undefined;
    }
  }

  private async run(): Promise<void> {
    // What arrives in this turn shares the first batch.
    await Promise.resolve();
    while (this.waiting.length > 0 && !this.stopped) await this.tell(this.nextBatch());
  }

  private nextBatch(): readonly Heard[] {
    let events = 0;
    const end = this.waiting.findIndex((each) => (events += each.events.length) >= BATCH_EVENTS);
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end + 1);
  }

  private async tell(batch: readonly Heard[]): Promise<void> {
    try {
      await this.deps.listener.hear(batch.flatMap(({ events }) => events));
      for (const { delivery } of batch) this.done(delivery);
    } catch (err) {
      if (!this.deps.isDataError(err)) this.giveBack(batch, err);
      else if (batch.length > 1) for (const each of batch) await this.tell([each]);
      else this.leaveOut(batch, err);
    }
  }

  private giveBack(batch: readonly Heard[], err: unknown): void {
    this.deps.logger.warn({ err, messages: batch.length }, 'events cannot be stored now; they come again');
    for (const { delivery } of batch) delivery.nak(RETRY_MS);
    this.consumer.grant(batch.length);
  }

  private leaveOut(batch: readonly Heard[], err: unknown): void {
    for (const { delivery } of batch) {
      this.deps.logger.error({ err, subject: delivery.subject }, 'an event cannot be stored; it is left out');
      this.done(delivery);
    }
  }

  private done(delivery: Delivery): void {
    delivery.ack();
    this.consumer.grant(1);
  }
}
