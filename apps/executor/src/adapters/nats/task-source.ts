import { fromBinary } from '@bufbuild/protobuf';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import { taskConsumer, type Delivery, type Messaging, type TaskConsumer } from '@maestro/messaging';
import type { Logger } from '@maestro/telemetry';
import type { TaskDelivery, TaskSource } from '../../ports/task-source.js';

export interface TaskSourceOptions {
  readonly messaging: Messaging;
  readonly logger: Logger;
  readonly pool: string;
  /** Canonical names of the step types to take from the start. */
  readonly types: readonly string[];
  /** How many more tasks of a type are welcome now. */
  readonly credit: (type: string) => number;
  readonly deliver: (delivery: TaskDelivery) => void;
}

interface Queue {
  readonly type: string;
  readonly consumer: TaskConsumer;
  /** Welcome, but not come yet. */
  outstanding: number;
}

/** natsTaskSource pulls tasks from the pool's JetStream work queues, never more than there is credit for. */
export function natsTaskSource(options: TaskSourceOptions): TaskSource {
  const queues = new Map<string, Queue>();
  let scheduled = false;
  const grantAll = (): void => {
    scheduled = false;
    for (const queue of queues.values()) grant(queue, options.credit(queue.type));
  };
  const creditChanged = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(grantAll);
  };
  const serve = (type: string): void => {
    if (queues.has(type)) return;
    queues.set(type, openQueue(options, type, creditChanged));
    creditChanged();
  };
  options.types.forEach(serve);
  return {
    creditChanged,
    serve,
    leave: (type) => {
      queues.get(type)?.consumer.stop();
      queues.delete(type);
    },
    stop: () => queues.forEach(({ consumer }) => consumer.stop()),
  };
}

function grant(queue: Queue, credit: number): void {
  const missing = credit - queue.outstanding;
  if (missing <= 0) return;
  queue.outstanding += missing;
  queue.consumer.grant(missing);
}

function openQueue(options: TaskSourceOptions, type: string, creditChanged: () => void): Queue {
  const consumer = options.messaging.consumeTasks({
    consumer: taskConsumer({ pool: options.pool, type }),
    credit: 0,
    onTask: (delivery) => {
      queue.outstanding -= 1;
      take(options, delivery);
      creditChanged();
    },
  });
  const queue: Queue = { type, consumer, outstanding: 0 };
  return queue;
}

function take({ deliver, logger }: TaskSourceOptions, delivery: Delivery): void {
  try {
    deliver({
      task: fromBinary(TaskSchema, delivery.data),
      redelivered: delivery.redelivered,
      ack: () => delivery.ack(),
      retryAfter: (delayMs) => delivery.nak(delayMs),
    });
  } catch (err) {
    // It will never get better; the scheduler's watchdog dispatches the attempt again.
    logger.error({ err, subject: delivery.subject }, 'A task could not be read and was dropped');
    delivery.ack();
  }
}
