import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { MaestroError } from '@maestro/domain';
import { CELL, NOTHING, type Job, type Question, type Reply, type WorkerStart } from './messages.js';
import { answerQuestion, type AnsweringScope } from './scope-data.js';

/** Ended is the end of a job. `overrun` = the worker had to be ended; `current` is the expression that it was at, if any. */
export type Ended =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly current: number | undefined }
  | { readonly kind: 'overrun'; readonly limit: 'time' | 'heap'; readonly current: number | undefined };

export interface WorkerOptions {
  /** The bundled worker script. */
  readonly script: string;
  /** Megabytes of heap that a worker may have. */
  readonly heapMegabytes: number;
}

/** Live is a running thread. */
interface Live {
  readonly worker: Worker;
  readonly asking: MessagePort;
  readonly cells: Int32Array;
}

/** Running is the job that the thread is at. */
interface Running {
  readonly scope: AnsweringScope;
  readonly timer: NodeJS.Timeout;
  readonly settle: (ended: Ended) => void;
  readonly fail: (error: Error) => void;
}

/** Young objects die young: a small part of the heap for them keeps a bomb from growing far before it is noticed. */
const YOUNG_MEGABYTES = 32;

/** WorkerThread is one place for a worker: the thread is made when it is first needed and replaced when it had to be ended. */
export class WorkerThread {
  private live: Live | undefined;
  private running: Running | undefined;

  constructor(private readonly options: WorkerOptions) {}

  get busy(): boolean {
    return this.running !== undefined;
  }

  /** run does one job; the thread must not be busy. Rejects when the thread dies of anything but its limits. */
  run(job: Job, scope: AnsweringScope, timeoutMs: number): Promise<Ended> {
    if (this.running !== undefined) throw new Error('the worker is busy');
    return new Promise((settle, fail) => {
      const live = (this.live ??= this.start());
      const timer = setTimeout(() => this.overrun(live, 'time'), timeoutMs);
      this.running = { scope, timer, settle, fail };
      // Only a thread that works keeps the process alive.
      live.worker.ref();
      try {
        live.worker.postMessage(job);
      } catch (error) {
        this.finish()?.fail(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** close ends the thread; the job that it is at fails with UNAVAILABLE. */
  async close(): Promise<void> {
    const { live } = this;
    this.live = undefined;
    this.finish()?.fail(new MaestroError('UNAVAILABLE', 'The evaluation was given up: the service is stopping.'));
    await live?.worker.terminate();
  }

  private start(): Live {
    const { port1: asking, port2 } = new MessageChannel();
    const memory = new SharedArrayBuffer(CELL.count * Int32Array.BYTES_PER_ELEMENT);
    const workerData: WorkerStart = { asking: port2, cells: memory };
    const worker = new Worker(this.options.script, {
      workerData,
      transferList: [port2],
      // Nothing of the process is for expressions to see.
      env: {},
      argv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: this.options.heapMegabytes,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
      },
    });
    const live = { worker, asking, cells: new Int32Array(memory) };
    this.listen(live);
    return live;
  }

  private listen(live: Live): void {
    const { worker, asking, cells } = live;
    worker.on('message', (reply: Reply) => this.replied(live, reply));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.overrun(live, 'heap');
      else this.died(live, error);
    });
    worker.on('exit', (code) => this.died(live, new Error(`the evaluation worker ended with code ${code}`)));
    asking.on('message', (question: Question) => {
      const { running } = this;
      if (running === undefined || this.live !== live) return;
      void answerQuestion(running.scope, question).then((answer) => {
        if (this.running !== running || this.live !== live) return;
        asking.postMessage(answer);
        Atomics.store(cells, CELL.answered, 1);
        Atomics.notify(cells, CELL.answered);
      });
    });
    asking.unref();
  }

  private replied(live: Live, reply: Reply): void {
    if (this.live !== live) return;
    live.worker.unref();
    this.finish()?.settle({ kind: 'reply', reply, current: currentOf(live) });
  }

  private overrun(live: Live, limit: 'time' | 'heap'): void {
    if (this.live !== live) return;
    this.live = undefined;
    void live.worker.terminate();
    this.finish()?.settle({ kind: 'overrun', limit, current: currentOf(live) });
  }

  private died(live: Live, error: Error): void {
    if (this.live !== live) return;
    this.live = undefined;
    this.finish()?.fail(error);
  }

  private finish(): Running | undefined {
    const { running } = this;
    this.running = undefined;
    if (running !== undefined) clearTimeout(running.timer);
    return running;
  }
}

function currentOf({ cells }: Live): number | undefined {
  const current = Atomics.load(cells, CELL.current);
  return current === NOTHING ? undefined : current;
}
