import { create } from '@bufbuild/protobuf';
import { RenewLeaseSchema } from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { Logger } from '@maestro/telemetry';
import type { SchedulerLink } from '../ports/scheduler-link.js';
import type { Execution } from '../usecases/execution.js';
import { freeSlots } from '../usecases/free-slots.js';
import { stopAll } from '../usecases/stop-attempts.js';
import type { SchedulerClock } from '../usecases/scheduler-clock.js';

/** The lease is renewed that often; the scheduler lets it expire after 8 s. */
const RENEW_MS = 2_000;
/** Without a lease nothing can begin: it is asked for more often. */
const RETRY_MS = 250;
/** Without a renewal for that long nothing may run here: in 3 s others may be given the attempts. */
const KILL_AFTER_MS = 5_000;

export interface LeaseOptions {
  readonly execution: Execution;
  readonly link: SchedulerLink;
  readonly clock: SchedulerClock;
  readonly logger: Logger;
  readonly pool: string;
  readonly labels: readonly string[];
  readonly stepTypes: () => readonly string[];
  /** Slots of the remote workers that are connected, and how many of them are free. */
  readonly workerSlots: () => { readonly slots: number; readonly free: number };
  /** `host:port` of this executor's gRPC server. */
  readonly address: () => string;
}

/**
 * LeaseLoop keeps this executor's lease at the scheduler. When it cannot, it stops everything that runs: the scheduler
 * will soon give it to somebody else. Each answer also brings the scheduler's time and where reports go.
 */
export class LeaseLoop {
  private renewedAt: number;
  private timer: NodeJS.Timeout | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: LeaseOptions) {
    this.renewedAt = options.clock.monotonic();
  }

  /** start renews at once and goes on until stop. */
  start(): void {
    void this.round();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.deadline);
  }

  /** renew asks for the lease and takes the answer over. A lease that had expired is asked for anew at once. Never rejects. */
  async renew(): Promise<void> {
    const { logger } = this.options;
    try {
      if (!(await this.ask())) await this.ask();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ reason }, 'the lease could not be renewed');
    }
  }

  private async round(): Promise<void> {
    await this.renew();
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.round(), this.options.execution.gate.leased ? RENEW_MS : RETRY_MS);
  }

  private async ask(): Promise<boolean> {
    const { clock, execution, link } = this.options;
    const sentAt = clock.monotonic();
    const reply = await link.renewLease(this.request());
    clock.synchronize(Number(reply.now), sentAt);
    execution.reports.learnReplicas(reply);
    if (reply.renewed) this.renewed(sentAt);
    else this.startOver();
    return reply.renewed;
  }

  private renewed(sentAt: number): void {
    // Counted from when it was asked: the scheduler's own count began no earlier.
    this.renewedAt = sentAt;
    this.armDeadline();
    this.options.execution.gate.leaseRenewed();
  }

  /**
   * The lease had expired: what was claimed under it belongs to nobody or to others by now. Nothing begins before a new one
   * is granted: until then the scheduler takes this executor for dead and would declare it lost while it runs.
   */
  private startOver(): void {
    this.options.execution.gate.startOver();
    stopAll(this.options.execution, 'lease-lost');
  }

  private armDeadline(): void {
    clearTimeout(this.deadline);
    if (this.stopped) return;
    const left = this.renewedAt + KILL_AFTER_MS - this.options.clock.monotonic();
    this.deadline = setTimeout(() => this.lost(), Math.max(0, left));
  }

  private lost(): void {
    const { execution, logger } = this.options;
    logger.error(
      { running: execution.attempts.occupied },
      'no lease for too long: everything that runs here is stopped',
    );
    execution.gate.leaseLost();
    stopAll(execution, 'lease-lost');
  }

  private request() {
    const { execution, pool, stepTypes, address } = this.options;
    const workers = this.options.workerSlots();
    return create(RenewLeaseSchema, {
      executorId: execution.executorId,
      incarnation: execution.gate.incarnation,
      pool,
      slots: execution.slots + workers.slots,
      freeSlots: freeSlots(execution, true) + workers.free,
      draining: execution.gate.draining,
      stepTypes: [...stepTypes()],
      labels: [...this.options.labels],
      address: address(),
    });
  }
}
