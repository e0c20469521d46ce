import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  WorkRequestSchema,
  WorkResponseSchema,
  WorkerService,
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

function sizeOf({ logs = [], progress = [], results = [] }: Part): number {
  let bytes = 0;
  for (const { data } of logs) bytes += data.length;
  for (const { artifactsJson } of progress) bytes += artifactsJson.length;
  for (const { outputJson, message } of results) bytes += outputJson.length + message.length;
  return bytes;
}
