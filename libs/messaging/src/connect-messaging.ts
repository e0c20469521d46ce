import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { MaestroError } from '@maestro/domain';
import { type Logger } from '@maestro/telemetry';
import { ConnectionStatus } from './connection-status.js';
import { consumeTasks, type TaskConsumer, type TaskSubscription } from './consume-tasks.js';
import { ensureConsumer, ensureStream, type ConsumerTopology, type StreamTopology } from './ensure-streams.js';
import { encodeHeaders, type Headers } from './headers.js';
import { BatchPublisher, type OutMessage, type PublishFailure } from './publish-batch.js';
import { oldestTask, tasksKeptSince } from './oldest-task.js';
import { healingPublish } from './healing-publish.js';
import {
  listen,
  request,
  serve,
  type HintHandler,
  type Listening,
  type RequestHandler,
  type RequestOptions,
} from './request-reply.js';
import { checkServer } from './server-version.js';
import { STREAMS } from './topology.js';

export interface MessagingOptions {
  /** `nats://host:port`, or several with commas. */
  readonly url: string;
  /** Names the connection in the server's monitoring. */
  readonly name: string;
  readonly logger: Logger;
  /** How long to wait for the first connection; 30 s when absent. Later ones are waited for without end. */
  readonly connectTimeoutMs?: number;
  /** Copies of a stream in a cluster; 1 when absent. */
  readonly replicas?: number;
  /** The streams to keep in place; those of the topology when absent. */
  readonly streams?: readonly StreamTopology[];
}

/** Messaging is one process's way to talk over NATS. */
export interface Messaging {
  /** Undefined while connected, else a sentence for the readiness probe. */
  ready(): string | undefined;
  /** onReconnect calls back after every reconnect until what it returned is called. */
  onReconnect(callback: () => void): () => void;
  /** ensureStreams creates or updates all streams; they are also made again when a publish finds them gone. */
  ensureStreams(): Promise<void>;
  /** publishBatch stores messages in JetStream; resolves with those that were not stored. Default time limit 5 s. */
  publishBatch(messages: readonly OutMessage[], timeoutMs?: number): Promise<PublishFailure[]>;
  /** publish sends a hint over core NATS: nobody keeps it and nobody answers. */
  publish(subject: string, data: Uint8Array, headers?: Headers): void;
  listen(subject: string, handler: HintHandler, queue?: string): Listening;
  request(subject: string, data: Uint8Array, options: RequestOptions): Promise<Uint8Array>;
  serve(subject: string, handler: RequestHandler, queue?: string): Listening;
  consumeTasks(subscription: TaskSubscription): TaskConsumer;
  /** When the oldest unsettled task on a subject was stored, by the server's clock; undefined: there is none. */
  oldestTask(subject: string): Promise<number | undefined>;
  /** When the store of tasks was made, by the server's clock; Infinity: there is none. */
  tasksKeptSince(): Promise<number>;
  /** close hands over what has arrived, sends what was written, and disconnects. */
  close(): Promise<void>;
}

const CONNECT_RETRY_MS = 250;
const PUBLISH_TIMEOUT_MS = 5_000;
/** See StreamMaking. */
const SETTLE_MS = 300;

/** connectMessaging connects, checks the server and makes the streams. Fails with a MaestroError that says what to do. */
export async function connectMessaging(options: MessagingOptions): Promise<Messaging> {
  const connection = await firstConnection(options);
  try {
    checkServer(options.url, connection.info);
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const messaging = messagingOn(connection, manager, options);
    for (const stream of options.streams ?? STREAMS) {
      await ensureStream(manager, stream, { replicas: options.replicas ?? 1, settleMs: 0 });
    }
    return messaging;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function messagingOn(connection: NatsConnection, manager: JetStreamManager, options: MessagingOptions): Messaging {
  const { logger, url } = options;
  const status = new ConnectionStatus(connection, logger);
  const publisher = new BatchPublisher(connection);
  const streams = new StreamKeeper(manager, options.streams ?? STREAMS, options.replicas ?? 1);
  const onReconnect = (callback: () => void): (() => void) => status.onReconnect(callback);
  const host = { connection, logger, onReconnect, ensure: (c: ConsumerTopology) => streams.ensureConsumer(c) };
  return {
    ready: () => (status.connected ? undefined : `no connection to NATS at ${url}`),
    onReconnect,
    ensureStreams: () => streams.ensureAll(),
    publishBatch: (messages, timeoutMs = PUBLISH_TIMEOUT_MS) =>
      healingPublish(messages, timeoutMs, {
        connected: () => status.connected,
        publish: (batch, ms) => publisher.publish(batch, ms),
        heal: () => streams.ensureAll(),
      }),
    publish: (subject, data, headers) => {
      const encoded = encodeHeaders(headers);
      connection.publish(subject, data, encoded === undefined ? {} : { headers: encoded });
    },
    listen: (subject, handler, queue) => listen(connection, logger, subject, queue, handler),
    request: (subject, data, how) => request(connection, subject, data, how),
    serve: (subject, handler, queue) => serve(connection, logger, subject, queue, handler),
    consumeTasks: (subscription) => consumeTasks(host, subscription),
    oldestTask: (subject) => oldestTask(manager, subject),
    tasksKeptSince: () => tasksKeptSince(manager),
    // Draining waits for the server's answer, which a lost connection does not bring.
    close: () => (status.connected ? connection.drain() : connection.close()),
  };
}

/** StreamKeeper makes streams and consumers; many who find one missing at the same time make it once. */
class StreamKeeper {
  private running: Promise<void> | undefined;

  constructor(
    private readonly manager: JetStreamManager,
    private readonly streams: readonly StreamTopology[],
    private readonly replicas: number,
  ) {}

  ensureAll(): Promise<void> {
    this.running ??= this.makeAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async ensureConsumer(consumer: ConsumerTopology): Promise<void> {
    await this.ensureAll();
    await ensureConsumer(this.manager, consumer);
  }

  private async makeAll(): Promise<void> {
    for (const stream of this.streams) {
      await ensureStream(this.manager, stream, { replicas: this.replicas, settleMs: SETTLE_MS });
    }
  }
}

async function firstConnection(options: MessagingOptions): Promise<NatsConnection> {
  const { url, name, logger, connectTimeoutMs = 30_000 } = options;
  const giveUpAt = Date.now() + connectTimeoutMs;
  for (;;) {
    try {
      return await connect({
        servers: url.split(',').map((server) => server.trim()),
        name,
        maxReconnectAttempts: -1,
        reconnectTimeWait: CONNECT_RETRY_MS,
        reconnectJitter: 100,
        // A stack trace made in advance for every request was a tenth of an executor's time.
        noAsyncTraces: true,
        pingInterval: 10_000,
        maxPingOut: 2,
      });
    } catch (err) {
      if (Date.now() >= giveUpAt) throw unreachable(url, err);
      logger.warn({ err, url }, 'NATS cannot be reached yet');
      await new Promise((resolve) => setTimeout(resolve, CONNECT_RETRY_MS));
    }
  }
}

function unreachable(url: string, cause: unknown): MaestroError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `NATS at ${url} cannot be reached (${why}). Is it running, and is the address right?`;
  return new MaestroError('UNAVAILABLE', message, { cause });
}
