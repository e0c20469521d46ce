import { MaestroError } from '@maestro/domain';
import type { Job } from './messages.js';
import type { AnsweringScope } from './scope-data.js';
import { Turns } from './turns.js';
import { WorkerThread, type Ended, type WorkerOptions } from './worker-thread.js';

export interface LaneOptions extends WorkerOptions {
  readonly threads: number;
  /** Jobs that may wait; above it they are refused with OVERLOADED. */
  readonly maxWaiting: number;
  /** Milliseconds that one job may take, from when its worker begins. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly job: Job;
  readonly scope: AnsweringScope;
  readonly settle: (ended: Ended) => void;
  readonly fail: (error: Error) => void;
}

const RETRY_AFTER_MS = 1_000;

/** Lane is a few workers with one bounded queue. */
export class Lane {
  private readonly threads: readonly WorkerThread[];
  private readonly turns = new Turns<Waiting>();
  private closed = false;

  constructor(private readonly options: LaneOptions) {
    this.threads = Array.from({ length: options.threads }, () => new WorkerThread(options));
  }

  get waiting(): number {
    return this.turns.size;
  }

  run(owner: string, job: Job, scope: AnsweringScope): Promise<Ended> {
    if (this.closed) return Promise.reject(closing());
    if (this.turns.size >= this.options.maxWaiting) return Promise.reject(overloaded(this.turns.size));
    return new Promise((settle, fail) => {
      this.turns.add(owner, { job, scope, settle, fail });
      this.next();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (let entry = this.turns.take(); entry !== undefined; entry = this.turns.take()) entry.fail(closing());
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private next(): void {
    const thread = this.threads.find(({ busy }) => !busy);
    if (thread === undefined || this.closed) return;
    const entry = this.turns.take();
    if (entry === undefined) return;
    thread
      .run(entry.job, entry.scope, this.options.timeoutMs)
      .then(entry.settle, entry.fail)
      .finally(() => this.next());
  }
}

function overloaded(waiting: number): MaestroError {
  const message = `${waiting} evaluations are waiting already; try again shortly.`;
  return new MaestroError('OVERLOADED', message, { retryAfterMs: RETRY_AFTER_MS });
}

function closing(): MaestroError {
  return new MaestroError('UNAVAILABLE', 'The evaluation was given up: the service is stopping.');
}
