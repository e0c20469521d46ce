import { createInbox, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { type Logger } from '@maestro/telemetry';
import { CreditLedger } from './credit-ledger.js';
import { deliveryOf, type Delivery } from './delivery.js';
import { type ConsumerTopology } from './ensure-streams.js';

export interface TaskSubscription {
  readonly consumer: ConsumerTopology;
  /** How many messages are welcome to begin with; `grant` adds more as they are done with. */
  readonly credit: number;
  /** Called as messages arrive; it must not throw. */
  readonly onTask: (delivery: Delivery) => void;
}

/** TaskConsumer pulls exactly as many messages as it has credit for. */
export interface TaskConsumer {
  /** grant makes so many more messages welcome. */
  grant(count: number): void;
  /** stop asks for nothing more; what was delivered can still be acked. */
  stop(): void;
}

/** What a consumer needs from the connection that it lives on. */
export interface ConsumerHost {
  readonly connection: NatsConnection;
  readonly logger: Logger;
  /** ensure creates the stream and the consumer if they are not there. */
  ensure(consumer: ConsumerTopology): Promise<void>;
  /** onReconnect calls back after every reconnect until what it returned is called. */
  onReconnect(callback: () => void): () => void;
}

const NANOS = 1_000_000;
/** A request waits this long at the server; one message an idle minute is what waiting costs, beside the heartbeats. */
const EXPIRES_MS = 60_000;
const HEARTBEAT_MS = 15_000;
/** Two heartbeats missed: the requests are gone. */
const SILENCE_MS = 2.5 * HEARTBEAT_MS;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/** consumeTasks starts a consumer. It heals by itself when the consumer, its stream or the connection goes away. */
export function consumeTasks(host: ConsumerHost, subscription: TaskSubscription): TaskConsumer {
  return new PullConsumer(host, subscription);
}

class PullConsumer implements TaskConsumer {
  private readonly ledger: CreditLedger;
  private readonly silence: NodeJS.Timeout;
  private readonly forget: () => void;
  private inbox: Subscription | undefined;
  private inboxName = '';
  private asking = false;
  private healing = false;
  private stopped = false;
  private retryMs = FIRST_RETRY_MS;

  constructor(
    private readonly host: ConsumerHost,
    private readonly subscription: TaskSubscription,
  ) {
    this.ledger = new CreditLedger(subscription.credit);
    this.silence = setTimeout(() => this.heal('no heartbeat came'), SILENCE_MS).unref();
    this.forget = host.onReconnect(() => this.heal('the connection was lost'));
    this.heal('it starts');
  }

  grant(count: number): void {
    this.ledger.grant(count);
    this.askSoon();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.silence);
    this.forget();
    this.inbox?.unsubscribe();
  }

  /** Grants of one turn become one request. */
  private askSoon(): void {
    if (this.asking) return;
    this.asking = true;
    setImmediate(() => {
      this.asking = false;
      this.ask();
    });
  }

  private ask(): void {
    if (this.stopped || this.healing) return;
    const batch = this.ledger.take();
    if (batch === 0) return;
    const { stream, name } = this.subscription.consumer;
    const request = { batch, expires: EXPIRES_MS * NANOS, idle_heartbeat: HEARTBEAT_MS * NANOS };
    this.host.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, JSON.stringify(request), {
      reply: this.inboxName,
    });
    this.silence.refresh();
  }

  private take(message: Msg): void {
    this.silence.refresh();
    if (message.subject === this.inboxName) {
      this.takeStatus(message);
      return;
    }
    const delivery = deliveryOf(this.host.connection, message);
    if (delivery === undefined) return;
    this.ledger.arrived();
    this.subscription.onTask(delivery);
    this.askSoon();
  }

  /** 100 heartbeat; 408 expired; 409 consumer gone or server going; 503 no such consumer. */
  private takeStatus(message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code === 100) return;
    if (code === 408) {
      this.ledger.expired(Number(message.headers?.get('Nats-Pending-Messages') ?? 0));
      this.askSoon();
      return;
    }
    this.heal(message.headers?.description ?? `status ${String(code)}`);
  }

  /** heal makes sure of the consumer and asks anew, on a new inbox so that answers to old requests do not count. */
  private heal(why: string): void {
    if (this.stopped || this.healing) return;
    this.healing = true;
    const { consumer } = this.subscription;
    this.host.logger.debug({ consumer: consumer.name, why }, 'Asking anew for tasks');
    this.host.ensure(consumer).then(
      () => this.restart(),
      (err: unknown) => this.retryLater(err),
    );
  }

  private restart(): void {
    if (this.stopped) return;
    this.inbox?.unsubscribe();
    this.inboxName = createInbox();
    this.inbox = this.host.connection.subscribe(this.inboxName, {
      callback: (error, message) => (error === null ? this.take(message) : this.heal(error.message)),
    });
    this.ledger.writeOff();
    this.healing = false;
    this.retryMs = FIRST_RETRY_MS;
    this.silence.refresh();
    this.ask();
  }

  private retryLater(err: unknown): void {
    if (this.host.connection.isClosed()) this.stop();
    if (this.stopped) return;
    const { consumer } = this.subscription;
    this.host.logger.warn({ err, consumer: consumer.name, retryMs: this.retryMs }, 'Tasks cannot be asked for yet');
    setTimeout(() => {
      this.healing = false;
      this.heal('the last try failed');
    }, this.retryMs).unref();
    this.retryMs = Math.min(this.retryMs * 2, MAX_RETRY_MS);
  }
}
