import type { Task } from '@maestro/proto/maestro/executor/v1/task';

/** TaskDelivery is one delivery of one task from a work queue. Nobody else gets it until the ack wait is over. */
export interface TaskDelivery {
  readonly task: Task;
  /** It was delivered before, here or elsewhere. */
  readonly redelivered: boolean;
  /** ack takes the task off the queue. Saying it twice does no harm. */
  ack(): void;
  /** retryAfter puts the task back on the queue for that many milliseconds. */
  retryAfter(delayMs: number): void;
}

/** TaskSource is the work queues of this executor's pool, one a step type. */
export interface TaskSource {
  /** creditChanged says that more tasks may be welcome than were asked for. Cheap: asked at most once a tick. */
  creditChanged(): void;
  /** serve takes tasks of one more step type from now on. */
  serve(type: string): void;
  /** leave takes no more tasks of a type; what was delivered can still be acked. */
  leave(type: string): void;
  /** stop asks for nothing more; what was delivered can still be acked. */
  stop(): void;
}
