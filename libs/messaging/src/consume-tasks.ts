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
/** How a request waits at the server. The heartbeats show that it is there; without two of them it is written off. */
interface Patience {
  readonly expiresMs: number;
  readonly heartbeatMs: number;
}
/** One message an idle minute is what waiting costs, beside the heartbeats. */
const LONG: Patience = { expiresMs: 60_000, heartbeatMs: 15_000 };
/** The first request after a healing: a server that is deleting the consumer takes requests and forgets them. */
const TRIAL: Patience = { expiresMs: 2_000, heartbeatMs: 500 };
const SILENT_HEARTBEATS = 2.5;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/** consumeTasks starts a consumer. It heals by itself when the consumer, its stream or the connection goes away. */
export function consumeTasks(host: ConsumerHost, subscription: TaskSubscription): TaskConsumer {
  return new PullConsumer(host, subscription);
}

class PullConsumer implements TaskConsumer {
  private readonly ledger: CreditLedger;
  private silence: NodeJS.Timeout | undefined;
  private readonly forget: () => void;
  private inbox: Subscription | undefined;
  private inboxName = '';
  private asking = false;
  private healing = false;
  private stopped = false;
  /** Something good was heard since the last healing. */
  private calm = true;
  private retryMs = FIRST_RETRY_MS;

  constructor(
    private readonly host: ConsumerHost,
    private readonly subscription: TaskSubscription,
  ) {
    this.ledger = new CreditLedger(subscription.credit);
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
    const { expiresMs, heartbeatMs } = this.calm ? LONG : TRIAL;
    const request = { batch, expires: expiresMs * NANOS, idle_heartbeat: heartbeatMs * NANOS };
    this.host.connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`, JSON.stringify(request), {
      reply: this.inboxName,
    });
    this.watch(heartbeatMs);
  }

  private take(message: Msg): void {
    this.silence?.refresh();
    if (message.subject === this.inboxName) {
      this.takeStatus(message);
      return;
    }
    const delivery = deliveryOf(this.host.connection, message);
    if (delivery === undefined) return;
    this.calmDown();
    this.ledger.arrived();
    this.subscription.onTask(delivery);
    this.askSoon();
  }

  /** 100 heartbeat; 408 expired; 409 consumer gone or server going; 503 no such consumer. */
  private takeStatus(message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code === 100) {
      this.calmDown();
    } else if (code === 408) {
      this.calmDown();
      this.ledger.expired(Number(message.headers?.get('Nats-Pending-Messages') ?? 0));
      this.askSoon();
    } else {
      this.heal(message.headers?.description ?? `status ${String(code)}`);
    }
  }

  /** heal makes sure of the consumer and asks anew: at once after a calm time, else with growing pauses. */
  private heal(why: string): void {
    if (this.stopped || this.healing) return;
    this.healing = true;
    this.host.logger.debug({ consumer: this.subscription.consumer.name, why }, 'Asking anew for tasks');
    if (this.calm) this.tryToHeal();
    else this.healLater();
    this.calm = false;
  }

  private tryToHeal(): void {
    const { consumer } = this.subscription;
    this.host.ensure(consumer).then(
      () => this.restart(),
      (err: unknown) => {
        if (this.host.connection.isClosed()) this.stop();
        if (this.stopped) return;
        const facts = { err, consumer: consumer.name, retryMs: this.retryMs };
        this.host.logger.warn(facts, 'Tasks cannot be asked for yet');
        this.healLater();
      },
    );
  }

  private healLater(): void {
    setTimeout(() => this.tryToHeal(), this.retryMs).unref();
    this.retryMs = Math.min(this.retryMs * 2, MAX_RETRY_MS);
  }

  private calmDown(): void {
    this.calm = true;
    this.retryMs = FIRST_RETRY_MS;
  }

  /** A new inbox, so that answers to the requests that are written off do not count. */
  private restart(): void {
    if (this.stopped) return;
    this.inbox?.unsubscribe();
    this.inboxName = createInbox();
    this.inbox = this.host.connection.subscribe(this.inboxName, {
      callback: (error, message) => (error === null ? this.take(message) : this.heal(error.message)),
    });
    this.ledger.writeOff();
    this.healing = false;
    this.ask();
  }

  private watch(heartbeatMs: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.heal('no heartbeat came'), heartbeatMs * SILENT_HEARTBEATS).unref();
  }
}
