import { EXECUTORS_CANCEL, executorCancelSubject } from '@maestro/messaging';
import type { Outgoing } from '../commit/encode/outgoing.js';
import type { FaultRates } from './faults.js';
import type { Owner, World } from './world.js';

/** Delivery is a message of a task queue at an executor. */
export interface Delivery {
  readonly data: Uint8Array;
  readonly redelivered: boolean;
  ack(): void;
  retryAfter(pauseMs: number): void;
}

/** Puller takes tasks as far as it has room. */
export interface Puller extends Owner {
  readonly executorId: string;
  room(): boolean;
  deliver(delivery: Delivery): void;
  cancel(data: Uint8Array): void;
}

interface Stored {
  readonly subject: string;
  readonly id: string;
  readonly data: Uint8Array;
  readonly storedAt: number;
  deliveries: number;
  /** The number of the delivery that may ack; 0 = it lies in the queue. */
  out: number;
}

const ACK_WAIT_MS = 6_000;

/**
 * Broker is JetStream and core NATS as far as the scheduler and executors rely on them: tasks are delivered at least once, in any order,
 * again when nobody acks; what goes over core NATS may be lost.
 */
export class Broker {
  private readonly tasks = new Set<Stored>();
  private madeAt = -Infinity;
  private readonly pullers: Puller[] = [];

  constructor(
    private readonly world: World,
    private readonly faults: () => FaultRates,
    private readonly stored: (message: Outgoing) => void,
  ) {}

  join(puller: Puller): void {
    this.pullers.push(puller);
  }

  leave(puller: Puller): void {
    this.pullers.splice(this.pullers.indexOf(puller), 1);
  }

  /** publish sends a batch for a process; rejects when not all was stored, as far as it knows. */
  publish(owner: Owner, messages: readonly Outgoing[]): Promise<void> {
    const { random } = this.world;
    const broken = random.chance(this.faults().publish);
    for (const message of messages) {
      if (message.messageId === '') this.publishCancel(message);
      else if (!broken || random.chance(0.5)) this.publishTask(owner, message);
    }
    return new Promise((resolve, reject) => {
      const answer = (): void => (broken ? reject(new Error('not all was stored')) : resolve());
      this.world.after(random.between(0.5, 4), broken ? 'a publish fails' : 'a publish is acked', owner, answer);
    });
  }

  /** ask is a question to the broker, which takes a while. */
  ask<T>(owner: Owner, look: () => T): Promise<T> {
    const { random } = this.world;
    return new Promise((resolve) =>
      this.world.after(random.between(0.2, 4), 'the broker was asked', owner, () => resolve(look())),
    );
  }

  /** oldest is when the oldest task was stored that nobody has settled. */
  oldest(subject: string): number | undefined {
    const times = [...this.tasks].filter((task) => task.subject === subject).map(({ storedAt }) => storedAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** keptSince is when the store was made that tasks are in. */
  keptSince(): number {
    return this.madeAt;
  }

  /** loseAll: the store of the broker is gone. */
  loseAll(): void {
    this.tasks.clear();
    this.madeAt = this.world.now;
  }

  private publishTask(owner: Owner, message: Outgoing): void {
    const { random } = this.world;
    this.world.after(random.between(0.2, 2), `${message.messageId} reaches the broker`, undefined, () => {
      if (!owner.alive && random.chance(0.5)) return;
      this.stored(message);
      const task = {
        id: message.messageId,
        subject: message.subject,
        data: message.data,
        storedAt: this.world.now,
        deliveries: 0,
        out: 0,
      };
      this.tasks.add(task);
      this.offer(task);
    });
  }

  private publishCancel(message: Outgoing): void {
    const { random } = this.world;
    for (const puller of this.pullers) {
      if (message.subject !== EXECUTORS_CANCEL && message.subject !== executorCancelSubject(puller.executorId))
        continue;
      if (random.chance(this.faults().drop)) continue;
      this.world.after(this.latency(), 'a cancel arrives', puller, () => puller.cancel(message.data));
    }
  }

  private latency(): number {
    const { random } = this.world;
    return random.chance(this.faults().delay) ? random.between(10, 8_000) : random.between(0.2, 3);
  }

  /** Somebody with room gets it; while there is nobody, it waits. */
  private offer(task: Stored): void {
    this.world.after(this.latency(), `${task.id} is offered`, undefined, () => {
      if (!this.tasks.has(task) || task.out !== 0) return;
      const ready = this.pullers.filter((puller) => puller.alive && puller.room());
      if (ready.length === 0) this.world.after(200, 'a task waits for room', undefined, () => this.offer(task));
      else this.deliver(task, this.world.random.pick(ready));
    });
  }

  private deliver(task: Stored, puller: Puller): void {
    task.deliveries += 1;
    task.out = task.deliveries;
    const number = task.deliveries;
    this.world.after(ACK_WAIT_MS, `${task.id} was not acked`, undefined, () => this.again(task, number));
    puller.deliver({
      data: task.data,
      redelivered: number > 1,
      ack: () => this.settle(task, () => this.tasks.delete(task)),
      retryAfter: (pauseMs) =>
        this.settle(task, () =>
          this.world.after(pauseMs, 'a task is offered again', undefined, () => this.again(task, number)),
        ),
    });
  }

  private settle(task: Stored, act: () => unknown): void {
    const { random } = this.world;
    if (random.chance(this.faults().drop)) return;
    this.world.after(
      random.between(0.2, 2),
      `an ack of ${task.id} arrives`,
      undefined,
      () => this.tasks.has(task) && act(),
    );
  }

  private again(task: Stored, number: number): void {
    if (!this.tasks.has(task) || task.out !== number) return;
    task.out = 0;
    this.offer(task);
  }
}
