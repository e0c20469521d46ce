import { ReportVerdict } from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { ReportAnswer } from '../ports/scheduler-link.js';
import type { PendingReport } from './pending-report.js';

export type LaneOutcome = ReportAnswer;

export interface ReportLaneOptions {
  /** Sends a batch to this lane's replica; never rejects. */
  readonly send: (batch: readonly PendingReport[]) => Promise<LaneOutcome>;
  /** Takes over a batch that nobody listens for; undefined when there is no one else to ask. */
  readonly unheard: ((batch: readonly PendingReport[]) => void) | undefined;
  readonly settle: (pending: PendingReport, verdict: ReportVerdict) => 'done' | 'again';
}

/** One request carries at most that much: a commit of the scheduler should stay short, a NATS message under 1 MB. */
const MAX_BATCH_REPORTS = 300;
const MAX_BATCH_BYTES = 512 * 1024;
/** Requests on their way at once; what comes meanwhile waits and forms bigger batches. */
const MAX_IN_FLIGHT = 4;
const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 5_000;
/** After a verdict LATER. */
const LATER_MS = 250;

/** ReportLane sends the reports for one replica: all of one tick in one request, again until they are answered. */
export class ReportLane {
  private waiting: PendingReport[] = [];
  private inFlight = 0;
  private failures = 0;
  private pause: NodeJS.Timeout | undefined;
  private readonly laters = new Set<NodeJS.Timeout>();
  private scheduled = false;
  private closed = false;

  constructor(private readonly options: ReportLaneOptions) {}

  /** idle says that nothing waits and nothing is on its way. */
  get idle(): boolean {
    return this.waiting.length === 0 && this.inFlight === 0 && this.laters.size === 0;
  }

  add(pending: PendingReport): void {
    this.waiting.push(pending);
    this.schedule();
  }

  addAll(batch: readonly PendingReport[]): void {
    for (const pending of batch) this.waiting.push(pending);
    this.schedule();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.pause);
    for (const later of this.laters) clearTimeout(later);
  }

  /** Everything that ends in this tick shares one request. */
  private schedule(): void {
    if (this.scheduled || this.pause !== undefined || this.closed) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    while (this.waiting.length > 0 && this.inFlight < MAX_IN_FLIGHT && this.pause === undefined && !this.closed) {
      void this.sendBatch(this.takeBatch());
    }
  }

  private takeBatch(): PendingReport[] {
    let count = 0;
    let bytes = 0;
    for (const pending of this.waiting) {
      bytes += pending.bytes;
      if (count === MAX_BATCH_REPORTS || (count > 0 && bytes > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    const batch = this.waiting;
    this.waiting = batch.splice(count);
    return batch;
  }

  private async sendBatch(batch: PendingReport[]): Promise<void> {
    this.inFlight += 1;
    const answer = await this.options.send(batch);
    this.inFlight -= 1;
    if (typeof answer === 'string') this.failed(batch, answer);
    else this.answered(batch, answer);
    this.schedule();
  }

  private answered(batch: readonly PendingReport[], verdicts: readonly ReportVerdict[]): void {
    this.failures = 0;
    const again: PendingReport[] = [];
    batch.forEach((pending, index) => {
      // A verdict that is missing or unknown here decided nothing.
      const verdict = verdicts[index] || ReportVerdict.LATER;
      if (this.options.settle(pending, verdict) === 'again') again.push(pending);
    });
    if (again.length > 0) this.addLater(again);
  }

  private failed(batch: PendingReport[], answer: 'no-responders' | 'no-answer'): void {
    if (answer === 'no-responders' && this.options.unheard !== undefined) {
      this.options.unheard(batch);
      return;
    }
    this.waiting.unshift(...batch);
    if (this.pause !== undefined || this.closed) return;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.failures, MAX_PAUSE_MS);
    this.failures += 1;
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.schedule();
    }, pauseMs);
  }

  private addLater(batch: readonly PendingReport[]): void {
    if (this.closed) return;
    const later = setTimeout(() => {
      this.laters.delete(later);
      this.addAll(batch);
    }, LATER_MS);
    this.laters.add(later);
  }
}
