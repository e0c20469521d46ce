import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  WorkRequestSchema,
  WorkResponseSchema,
  WorkerService,
  type WorkerLog,
  type WorkerProgress,
  type WorkRequest,
  type WorkResponse,
} from '@maestro/proto/maestro/executor/v1/worker_service';
import type { Client, ClientDuplexStream, ServiceError } from '@grpc/grpc-js';

const PATH = `/${WorkerService.typeName}/${WorkerService.method.work.name}`;
/** Results and log pieces of about so many bytes make one message; the server takes 4 MB. */
const MAX_BATCH_BYTES = 1024 * 1024;

/** WorkerStreamEvents is what a stream tells. */
export interface WorkerStreamEvents {
  message(message: WorkResponse): void;
  /** Said once. Undefined: the executor ended it. */
  ended(error: ServiceError | undefined): void;
}

/** How many bytes of logs and progress may wait while the executor is behind; what comes on top is dropped, and the log says so. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** The protocol's limit of one piece of a log. */
const MAX_PIECE_BYTES = 64 * 1024;
const DROPPED = Buffer.from('[here lines were dropped: the executor was behind]\n');

/** pieces cuts a text into pieces of the protocol's size. */
export function pieces(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= MAX_PIECE_BYTES) return [bytes];
  const count = Math.ceil(bytes.length / MAX_PIECE_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * MAX_PIECE_BYTES, (index + 1) * MAX_PIECE_BYTES),
  );
}

type Part = Partial<Pick<WorkRequest, 'hello' | 'heartbeat' | 'drain' | 'logs' | 'progress' | 'results'>>;

/**
 * WorkerStream is one stream to an executor. What is said in one turn of the event loop travels together; while the executor is
 * behind, it waits here.
 */
export class WorkerStream {
  private readonly call: ClientDuplexStream<WorkRequest, WorkResponse>;
  private pending: Part[] = [];
  private scheduled = false;
  private blocked = false;
  private over = false;
  /** Of logs and progress that wait. */
  private waitingBytes = 0;
  /** Tasks of whose log something was dropped since its last piece. */
  private readonly cut = new Set<string>();

  constructor(client: Client, events: WorkerStreamEvents) {
    this.call = client.makeBidiStreamRequest(
      PATH,
      (message: WorkRequest) => Buffer.from(toBinary(WorkRequestSchema, message)),
      (bytes: Buffer) => fromBinary(WorkResponseSchema, bytes),
    );
    const end = (error: ServiceError | undefined): void => {
      if (this.over) return;
      this.over = true;
      events.ended(error);
    };
    this.call.on('data', (message: WorkResponse) => events.message(message));
    this.call.on('error', end);
    this.call.on('end', () => end(undefined));
    this.call.on('drain', () => {
      this.blocked = false;
      this.schedule();
    });
  }

  say(part: Part): void {
    if (this.over) return;
    this.pending.push(part);
    this.schedule();
  }

  /** sayLog sends a piece of a log, or drops it when too much waits. */
  sayLog(log: WorkerLog): void {
    if (!this.takes(log.data.length)) {
      this.cut.add(log.taskId);
      return;
    }
    const mark = this.cut.delete(log.taskId) ? [{ ...log, data: DROPPED }] : [];
    this.say({ logs: [...mark, log] });
  }

  /** sayProgress sends artifacts of a step that runs, or drops them when too much waits. */
  sayProgress(progress: WorkerProgress): void {
    if (this.takes(progress.artifactsJson.length)) this.say({ progress: [progress] });
  }

  private takes(bytes: number): boolean {
    if (this.over || this.waitingBytes + bytes > MAX_WAITING_BYTES) return false;
    this.waitingBytes += bytes;
    return true;
  }

  /** end closes the stream after what is pending. */
  end(): void {
    this.flush();
    this.call.end();
  }

  /** cancel gives the stream up at once. */
  cancel(): void {
    this.call.cancel();
  }

  private schedule(): void {
    if (this.scheduled || this.blocked || this.pending.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    while (this.pending.length > 0 && !this.blocked && !this.over) {
      this.blocked = !this.call.write(this.takeBatch());
    }
  }

  private takeBatch(): WorkRequest {
    const message = create(WorkRequestSchema);
    let bytes = 0;
    let count = 0;
    for (const part of this.pending) {
      bytes += sizeOf(part);
      if (count > 0 && bytes > MAX_BATCH_BYTES) break;
      count += 1;
      merge(message, part);
      this.waitingBytes -= waitingBytesOf(part);
    }
    this.pending = this.pending.slice(count);
    return message;
  }
}

function merge(message: WorkRequest, { hello, heartbeat, drain, logs, progress, results }: Part): void {
  if (hello !== undefined) message.hello = hello;
  if (heartbeat !== undefined) message.heartbeat = heartbeat;
  if (drain !== undefined) message.drain = drain;
  if (logs !== undefined) message.logs.push(...logs);
  if (progress !== undefined) message.progress.push(...progress);
  if (results !== undefined) message.results.push(...results);
}

function sizeOf(part: Part): number {
  let bytes = waitingBytesOf(part);
  for (const { outputJson, message } of part.results ?? []) bytes += outputJson.length + message.length;
  return bytes;
}

/** What counts against the bound; the mark of what was dropped does not. */
function waitingBytesOf({ logs = [], progress = [] }: Part): number {
  let bytes = 0;
  for (const { data } of logs) if (data !== DROPPED) bytes += data.length;
  for (const { artifactsJson } of progress) bytes += artifactsJson.length;
  return bytes;
}
