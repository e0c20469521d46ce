import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { create } from '@bufbuild/protobuf';
import { Client, credentials as Credentials, status, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js';
import {
  WorkerHeartbeatSchema,
  WorkerHelloSchema,
  WorkerLogSchema,
  WorkerProgressSchema,
  WorkerStepTypeSchema,
  type WorkerHello,
  type WorkerLogStream,
  type WorkerResult,
  type WorkerTask,
  type WorkerWelcome,
  type WorkResponse,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import { writeJson } from './json.js';
import { LOST_CONTACT, RunningTask, type TaskSink } from './running-task.js';
import type { StepTypeDefinition, Value } from './step-context.js';
import { pieces, WorkerStream } from './worker-stream.js';

/** WorkerOptions are what a worker is. */
export interface WorkerOptions {
  /** `host:port` of an executor, or any gRPC target (`dns:///executors:9103`). */
  readonly address: string;
  /** Step types by name. */
  readonly types: Readonly<Record<string, StepTypeDefinition>>;
  /** How many steps run at once. Default 64. */
  readonly slots?: number;
  /** Unique among all workers; made of host, process and chance when absent. */
  readonly workerId?: string;
  /** Shown to people. */
  readonly labels?: Readonly<Record<string, string>>;
  /** When the executor asks for one. */
  readonly token?: string;
  /** Default: no TLS. */
  readonly credentials?: ChannelCredentials;
  /** SIGTERM and SIGINT drain the worker. Default true. */
  readonly signals?: boolean;
  /** How long a drain lets steps go on before they are stopped, in milliseconds. Default 30 s. */
  readonly drainMs?: number;
  /** Told what happens to the worker, in a line. Default: the error stream of the process. */
  readonly say?: (line: string) => void;
}

/** Worker is a worker that runs. */
export interface Worker {
  readonly workerId: string;
  /** Resolves when the worker has drained; rejects with what makes connecting of no use. */
  readonly done: Promise<void>;
  /** The first welcome of an executor. */
  readonly connected: Promise<void>;
  /** drain takes no more steps, lets those that run end, and disconnects. */
  drain(): Promise<void>;
  /** kill disconnects at once; steps that run are stopped. For tests. */
  kill(): void;
}

const DEFAULT_SLOTS = 64;
const DEFAULT_DRAIN_MS = 30_000;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** What no later try will make better. */
const HOPELESS: readonly number[] = [
  status.INVALID_ARGUMENT,
  status.PERMISSION_DENIED,
  status.UNAUTHENTICATED,
  status.UNIMPLEMENTED,
];

/** worker connects to an executor and runs steps until it is drained. It reconnects by itself. */
export function worker(options: WorkerOptions): Worker {
  const running = new RunningWorker(options);
  running.connect();
  return running;
}

class RunningWorker implements Worker, TaskSink {
  readonly workerId: string;
  readonly done: Promise<void>;
  readonly connected: Promise<void>;
  maxOutputBytes = MAX_MESSAGE_BYTES;
  private readonly client: Client;
  private readonly types: WorkerHello['types'];
  private readonly tasks = new Map<string, RunningTask>();
  /** Tasks that the executor has given to somebody else, while their functions have not ended, by attempt. */
  private readonly disowned = new Map<string, RunningTask>();
  /** Attempts that came back before that: they begin when the former hand-out has ended. */
  private readonly later = new Map<string, WorkerTask>();
  /** Results until the executor has them. */
  private readonly unreceived = new Map<string, WorkerResult>();
  private stream: WorkerStream | undefined;
  private welcome: WorkerWelcome | undefined;
  private session = '';
  private sequence = 0n;
  /** When heartbeats were sent that are not answered, by sequence. */
  private readonly sentAt = new Map<bigint, number>();
  /** When the last answered heartbeat was sent: from then on the executor counts. */
  private contactAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private backoffMs = FIRST_BACKOFF_MS;
  private draining = false;
  private over = false;
  private resolveDone!: () => void;
  private rejectDone!: (error: Error) => void;
  private resolveConnected!: () => void;
  private readonly onSignal = (): void => void this.drain();

  constructor(private readonly options: WorkerOptions) {
    this.workerId = options.workerId ?? `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
    this.types = Object.entries(options.types).map(
      ([name, { version = '1', doc = '', params = {}, outputs = [], slots = 0 }]) =>
        create(WorkerStepTypeSchema, {
          name,
          version,
          doc,
          outputs: [...outputs],
          slots,
          paramsJson: writeJson(params as unknown as Value),
        }),
    );
    this.client = new Client(options.address, options.credentials ?? Credentials.createInsecure(), {
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
      'grpc.initial_reconnect_backoff_ms': FIRST_BACKOFF_MS,
      'grpc.max_reconnect_backoff_ms': 1_000,
    });
    this.done = new Promise((resolve, reject) => {
      this.resolveDone = resolve;
      this.rejectDone = reject;
    });
    this.connected = new Promise((resolve, reject) => {
      this.resolveConnected = resolve;
      this.done.catch(reject);
    });
    this.connected.catch(() => undefined);
    if (options.signals ?? true) for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, this.onSignal);
  }

  connect(): void {
    if (this.over) return;
    const stream: WorkerStream = new WorkerStream(this.client, {
      message: (message) => this.stream === stream && this.hear(message),
      ended: (error) => this.stream === stream && this.ended(error),
    });
    this.stream = stream;
    stream.say({ hello: this.hello() });
  }

  async drain(): Promise<void> {
    if (this.draining) return this.done;
    this.draining = true;
    this.say(`drains: ${this.tasks.size} steps still run`);
    this.stream?.say({ drain: true });
    this.endIfDrained();
    const late = setTimeout(() => {
      for (const task of this.tasks.values()) task.stop(LOST_CONTACT);
    }, this.options.drainMs ?? DEFAULT_DRAIN_MS);
    await this.done.finally(() => clearTimeout(late));
  }

  kill(): void {
    for (const task of this.tasks.values()) task.stop(LOST_CONTACT);
    this.close();
    this.resolveDone();
  }

  log(taskId: string, stream: WorkerLogStream, text: string): void {
    for (const data of pieces(text)) this.stream?.sayLog(create(WorkerLogSchema, { taskId, stream, data }));
  }

  progress(taskId: string, artifactsJson: Uint8Array): void {
    this.stream?.sayProgress(create(WorkerProgressSchema, { taskId, artifactsJson }));
  }

  finished(task: RunningTask, result: WorkerResult): void {
    if (this.disowned.get(task.task.attemptId) === task) {
      this.disownedEnded(task);
      return;
    }
    this.tasks.delete(task.id);
    this.unreceived.set(task.id, result);
    if (this.welcome !== undefined) this.stream?.say({ results: [result] });
  }

  private disownedEnded({ task: { attemptId } }: RunningTask): void {
    this.disowned.delete(attemptId);
    const next = this.later.get(attemptId);
    this.later.delete(attemptId);
    if (next !== undefined) this.start(next);
    this.endIfDrained();
  }

  private hello(): WorkerHello {
    const { slots = DEFAULT_SLOTS, labels = {}, token = '' } = this.options;
    const sessionId = this.session;
    const holding = [...this.tasks.keys(), ...this.unreceived.keys()];
    const { workerId, types } = this;
    return create(WorkerHelloSchema, {
      workerId,
      types,
      slots,
      labels,
      token,
      sessionId,
      holding,
      library: 'maestro-worker-typescript/0.1.0',
    });
  }

  private hear(message: WorkResponse): void {
    if (message.welcome !== undefined) this.welcomed(message.welcome);
    for (const task of message.tasks) this.start(task);
    for (const { taskId, reason } of message.cancels) this.tasks.get(taskId)?.stop(reason);
    for (const id of message.received) this.unreceived.delete(id);
    if (message.heartbeat !== undefined) {
      const { sequence, cancels } = message.heartbeat;
      this.contactAt = this.sentAt.get(sequence) ?? this.contactAt;
      this.sentAt.delete(sequence);
      for (const { taskId, reason } of cancels) this.tasks.get(taskId)?.stop(reason);
    }
    if (message.drain) this.say('its executor goes away; it connects again when its steps have ended');
    if (message.received.length > 0) this.endIfDrained();
  }

  private welcomed(welcome: WorkerWelcome): void {
    const keep = new Set(welcome.sessionId === this.session ? welcome.keep : []);
    for (const task of [...this.tasks.values()]) if (!keep.has(task.id)) this.disown(task);
    this.later.clear();
    for (const id of [...this.unreceived.keys()]) if (!keep.has(id)) this.unreceived.delete(id);
    this.welcome = welcome;
    this.session = welcome.sessionId;
    this.maxOutputBytes = welcome.maxOutputBytes;
    this.backoffMs = FIRST_BACKOFF_MS;
    this.contactAt = performance.now();
    this.sentAt.clear();
    const results = [...this.unreceived.values()];
    if (results.length > 0) this.stream?.say({ results });
    if (this.draining) this.stream?.say({ drain: true });
    clearInterval(this.timer);
    this.timer = setInterval(() => this.tick(welcome), welcome.heartbeatMillis);
    this.say(`serves pool ${welcome.pool} at executor ${welcome.executorId}`);
    this.resolveConnected();
    this.endIfDrained();
  }

  /** Others have it by now. */
  private disown(task: RunningTask): void {
    this.tasks.delete(task.id);
    this.disowned.set(task.task.attemptId, task);
    task.stop(LOST_CONTACT);
  }

  private start(task: WorkerTask): void {
    if (this.tasks.has(task.id) || this.unreceived.has(task.id)) return;
    if (this.disowned.has(task.attemptId)) {
      this.later.set(task.attemptId, task);
      return;
    }
    const running = new RunningTask(task, this);
    this.tasks.set(task.id, running);
    void running.run(this.options.types[task.type]?.run);
  }

  private tick({ stopAfterMillis }: WorkerWelcome): void {
    const now = performance.now();
    if (now - this.contactAt > stopAfterMillis) {
      for (const task of this.tasks.values()) task.stop(LOST_CONTACT);
    }
    if (this.welcome === undefined) return;
    this.sequence += 1n;
    this.sentAt.set(this.sequence, now);
    this.stream?.say({ heartbeat: create(WorkerHeartbeatSchema, { sequence: this.sequence }) });
    // The stream may look alive long after the network was cut.
    if (now - this.contactAt > stopAfterMillis) this.stream?.cancel();
  }

  private ended(error: ServiceError | undefined): void {
    this.stream = undefined;
    const wasWelcome = this.welcome !== undefined;
    this.welcome = undefined;
    if (error !== undefined && isHopeless(error, wasWelcome || this.session !== '')) {
      this.close();
      this.rejectDone(error);
      return;
    }
    if (this.draining && this.tasks.size === 0) {
      this.close();
      this.resolveDone();
      return;
    }
    this.say(`is not connected: ${error?.details ?? 'the executor ended the stream'}`);
    const pause = this.backoffMs * (0.5 + Math.random());
    this.backoffMs = Math.min(this.backoffMs * 2, MAX_BACKOFF_MS);
    this.retry = setTimeout(() => this.connect(), pause);
  }

  private endIfDrained(): void {
    if (!this.draining || this.over || this.tasks.size + this.disowned.size + this.unreceived.size > 0) return;
    this.close();
    this.resolveDone();
  }

  private close(): void {
    this.over = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    this.stream?.end();
    this.stream = undefined;
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.removeListener(name, this.onSignal);
    setImmediate(() => this.client.close());
  }

  private say(line: string): void {
    const say = this.options.say ?? ((text: string) => process.stderr.write(`${text}\n`));
    say(`worker ${this.workerId} ${line}`);
  }
}

/** The first connection tells whether the worker is accepted at all; later ones only whether it has to wait. */
function isHopeless({ code }: ServiceError, wasAccepted: boolean): boolean {
  return HOPELESS.includes(code) || (!wasAccepted && (code === status.ABORTED || code === status.ALREADY_EXISTS));
}
