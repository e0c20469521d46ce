import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  WorkResponseSchema,
  WorkerHeartbeatReplySchema,
  type WorkResponse,
  type WorkerCancel,
  type WorkerTask,
  type WorkerWelcome,
} from '@maestro/proto/maestro/executor/v1/worker_service';

/** A message has at most about this many bytes of tasks, and one task at least. */
const MAX_BATCH_BYTES = 1024 * 1024;

/**
 * Outbox is what is on its way to one worker over one stream. What comes up in one turn of the event loop travels as one
 * message. It is bounded by the tasks that the worker may have: each is in it once, and so are its cancel and its receipt.
 */
export class Outbox {
  private tasks: WorkerTask[] = [];
  private cancels: WorkerCancel[] = [];
  private received: string[] = [];
  private heartbeat: MessageInitShape<typeof WorkerHeartbeatReplySchema> | undefined;
  private draining = false;
  private dirty = false;
  private closed = false;
  private wake: (() => void) | undefined;

  constructor(private welcome: WorkerWelcome | undefined) {
    this.dirty = true;
  }

  addTask(task: WorkerTask): void {
    this.tasks.push(task);
    this.changed();
  }

  addCancel(cancel: WorkerCancel): void {
    this.cancels.push(cancel);
    this.changed();
  }

  addReceived(taskId: string): void {
    this.received.push(taskId);
    this.changed();
  }

  /** answerHeartbeat: only the newest one counts. */
  answerHeartbeat(sequence: bigint, cancels: readonly WorkerCancel[]): void {
    this.heartbeat = { sequence, cancels: [...cancels] };
    this.changed();
  }

  drain(): void {
    this.draining = true;
    this.changed();
  }

  /** close ends the stream after what is in here. */
  close(): void {
    this.closed = true;
    this.wake?.();
  }

  /** The messages to send, until it is closed. */
  async *messages(): AsyncGenerator<WorkResponse> {
    for (;;) {
      if (!this.dirty && !this.closed) await this.untilWoken();
      if (!this.dirty) return;
      yield this.take();
    }
  }

  private changed(): void {
    this.dirty = true;
    this.wake?.();
  }

  private untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        this.wake = undefined;
        setImmediate(resolve);
      };
    });
  }

  private take(): WorkResponse {
    const message = create(WorkResponseSchema);
    if (this.welcome !== undefined) message.welcome = this.welcome;
    if (this.heartbeat !== undefined) message.heartbeat = create(WorkerHeartbeatReplySchema, this.heartbeat);
    message.cancels = this.cancels;
    message.received = this.received;
    message.drain = this.draining;
    message.tasks = this.takeTasks();
    this.welcome = undefined;
    this.heartbeat = undefined;
    this.draining = false;
    this.cancels = [];
    this.received = [];
    this.dirty = this.tasks.length > 0;
    return message;
  }

  private takeTasks(): WorkerTask[] {
    let bytes = 0;
    const end = this.tasks.findIndex(({ paramsJson, artifactsJson }, index) => {
      bytes += paramsJson.length + artifactsJson.length;
      return index > 0 && bytes > MAX_BATCH_BYTES;
    });
    return this.tasks.splice(0, end === -1 ? this.tasks.length : end);
  }
}
