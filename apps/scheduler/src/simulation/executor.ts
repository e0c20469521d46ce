import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { shardOf } from '@maestro/domain';
import { CancelBatchSchema, TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import {
  AttemptOutcome,
  AttemptReportBatchSchema,
  AttemptReportReplySchema,
  RenewLeaseReplySchema,
  RenewLeaseSchema,
  ReportVerdict,
} from '@maestro/proto/maestro/scheduler/v1/attempt';
import type { Delivery, Puller } from './broker.js';
import { dispatchKey, type Truth } from './truth.js';
import type { World } from './world.js';

/** Scheduler is how an executor reaches the replicas. */
export interface SchedulerAccess {
  /** undefined: nobody has answered in time. */
  report(from: SimulatedExecutor, replica: string | undefined, data: Uint8Array): Promise<Uint8Array | undefined>;
  renew(from: SimulatedExecutor, data: Uint8Array): Promise<Uint8Array | undefined>;
}

interface Attempt {
  readonly task: Task;
  delivery: Delivery;
  claim: 'none' | 'asked' | 'granted';
  askedAt: number;
  running: boolean;
  startedAt: number;
  ended: boolean;
  stopReason: 'cancelled' | 'timed-out' | 'lease-lost' | 'not-granted' | undefined;
}

type Ending = keyof typeof AttemptOutcome;
const STOPPED: Readonly<Record<'cancelled' | 'timed-out' | 'lease-lost', Ending>> = {
  cancelled: 'CANCELLED',
  'timed-out': 'TIMED_OUT',
  'lease-lost': 'PLATFORM_ERROR',
};

const FAST_PATH_MS = 1_000;
const CLAIM_PATIENCE_MS = 4_000;
const WATCH_MS = 500;
const RENEW_MS = 2_000;
const RETRY_MS = 250;
const KILL_AFTER_MS = 5_000;
const LATER_MS = 500;
const AGAIN_MS = 250;

/**
 * SimulatedExecutor follows the protocol of apps/executor (usecases/accept-task, claim-attempt, watch-attempts, report-result,
 * loops/renew-lease): what it runs takes a while and ends somehow.
 */
export class SimulatedExecutor implements Puller {
  alive = true;
  readonly name: string;
  private readonly attempts = new Map<string, Attempt>();
  private readonly tombstones = new Set<string>();
  private leased = false;
  private renewedAt = 0;
  private offset = 0;
  private owners = new Map<number, string>();

  constructor(
    private readonly world: World,
    private readonly truth: Truth,
    private readonly scheduler: SchedulerAccess,
    readonly executorId: string,
    private incarnation: bigint,
    private readonly slots: number,
  ) {
    this.name = `${executorId}#${String(incarnation)}`;
    void this.renewal();
    this.watch();
  }

  /** crash: the process is gone, and its guard has ended what ran. */
  crash(): void {
    this.alive = false;
    for (const attempt of this.attempts.values()) if (attempt.running) this.truth.end(attempt.task);
  }

  room(): boolean {
    return this.leased && this.occupied() < this.slots;
  }

  deliver(delivery: Delivery): void {
    if (!this.alive) return;
    const task = fromBinary(TaskSchema, delivery.data);
    const key = dispatchKey(task);
    const known = this.attempts.get(key);
    if (known !== undefined) {
      known.delivery = delivery;
      if (known.claim === 'granted') delivery.ack();
      return;
    }
    if (!this.room()) return delivery.retryAfter(500);
    const fresh = {
      claim: 'none',
      askedAt: 0,
      running: false,
      startedAt: 0,
      ended: false,
      stopReason: undefined,
    } as const;
    const attempt: Attempt = { task, delivery, ...fresh };
    this.attempts.set(key, attempt);
    const cancelled = this.tombstones.has(key);
    if (cancelled && !mayRunElsewhere(attempt)) this.report(attempt, 'CANCELLED');
    else if (!cancelled && this.isFresh(attempt)) this.start(attempt);
    else this.claim(attempt);
  }

  cancel(data: Uint8Array): void {
    for (const cancel of fromBinary(CancelBatchSchema, data).cancels) {
      const attempt = this.attempts.get(dispatchKey(cancel));
      if (attempt === undefined) this.tombstones.add(dispatchKey(cancel));
      else this.stop(attempt, 'cancelled');
    }
  }

  private isFresh({ task, delivery }: Attempt): boolean {
    if (delivery.redelivered || task.dispatch !== 1) return false;
    return this.world.now + this.offset - Number(task.dispatchedAt) <= Number(task.fastStartMillis);
  }

  private start(attempt: Attempt): void {
    const { random } = this.world;
    attempt.running = true;
    attempt.startedAt = this.world.now;
    this.world.guard(() => this.truth.begin(attempt.task, this.name));
    const duration = random.chance(0.8) ? random.between(1, 300) : random.between(300, 9_000);
    this.world.after(duration, `an execution of ${dispatchKey(attempt.task)} ends`, this, () => {
      if (!attempt.running || attempt.stopReason !== undefined) return;
      attempt.running = false;
      this.truth.end(attempt.task);
      this.report(attempt, outcomeOf(random.next()));
    });
  }

  private stop(attempt: Attempt, reason: NonNullable<Attempt['stopReason']>): void {
    if (attempt.stopReason !== undefined || attempt.ended) return;
    attempt.stopReason = reason;
    if (!attempt.running) return;
    this.world.after(
      this.world.random.between(0.1, 30),
      `an execution of ${dispatchKey(attempt.task)} is stopped`,
      this,
      () => {
        attempt.running = false;
        this.truth.end(attempt.task);
        if (reason === 'not-granted') this.drop(attempt);
        else this.report(attempt, STOPPED[reason]);
      },
    );
  }

  private drop(attempt: Attempt): void {
    attempt.delivery.ack();
    this.attempts.delete(dispatchKey(attempt.task));
  }

  private watch(): void {
    this.world.after(WATCH_MS, 'watches its attempts', this, () => {
      for (const attempt of this.attempts.values())
        if (attempt.running && attempt.stopReason === undefined) this.look(attempt);
      if (this.leased && this.world.now - this.renewedAt > KILL_AFTER_MS) this.lost();
      this.watch();
    });
  }

  private look(attempt: Attempt): void {
    const age = this.world.now - attempt.startedAt;
    const timeout = Number(attempt.task.timeoutMillis);
    if (timeout > 0 && age >= timeout) this.stop(attempt, 'timed-out');
    else if (attempt.claim === 'none' && age >= FAST_PATH_MS) this.claim(attempt);
    else if (attempt.claim === 'asked' && this.world.now - attempt.askedAt >= CLAIM_PATIENCE_MS)
      this.stop(attempt, 'lease-lost');
  }

  private claim(attempt: Attempt): void {
    attempt.claim = 'asked';
    attempt.askedAt = this.world.now;
    void this.send(
      attempt,
      { case: 'claim', value: { beforeStart: !attempt.running && mayRunElsewhere(attempt) } },
      (verdict) => this.claimAnswered(attempt, verdict),
    );
  }

  private claimAnswered(attempt: Attempt, verdict: ReportVerdict): 'done' | 'again' {
    if (attempt.ended) return 'done';
    const isLater = verdict === ReportVerdict.LATER;
    if (attempt.running && isLater) return 'again';
    if (verdict === ReportVerdict.ACCEPTED) this.granted(attempt);
    else if (verdict === ReportVerdict.CANCELLED) this.cancelled(attempt);
    else if (attempt.running) this.stop(attempt, 'not-granted');
    else if (isLater) this.giveBack(attempt);
    else this.drop(attempt);
    return 'done';
  }

  private granted(attempt: Attempt): void {
    attempt.claim = 'granted';
    attempt.delivery.ack();
    if (attempt.running) return;
    if (attempt.stopReason === undefined) this.start(attempt);
    else if (attempt.stopReason !== 'not-granted') this.report(attempt, STOPPED[attempt.stopReason]);
  }

  private cancelled(attempt: Attempt): void {
    if (attempt.running) this.stop(attempt, 'cancelled');
    else this.report(attempt, 'CANCELLED');
  }

  private giveBack(attempt: Attempt): void {
    attempt.delivery.retryAfter(LATER_MS);
    this.attempts.delete(dispatchKey(attempt.task));
  }

  private report(attempt: Attempt, outcome: Ending): void {
    attempt.ended = true;
    const value = { outcome: AttemptOutcome[outcome], startedAt: BigInt(Math.round(attempt.startedAt)) };
    void this.send(attempt, { case: 'result', value }, (verdict) => {
      if (verdict === ReportVerdict.LATER) return 'again';
      if (verdict === ReportVerdict.CANCELLED && outcome !== 'CANCELLED') this.report(attempt, 'CANCELLED');
      else this.drop(attempt);
      return 'done';
    });
  }

  /** Every report is kept until the scheduler has committed it. */
  private async send(
    attempt: Attempt,
    kind: { readonly case: 'claim'; readonly value: object } | { readonly case: 'result'; readonly value: object },
    answered: (verdict: ReportVerdict) => 'done' | 'again',
  ): Promise<void> {
    const { runKey, ordinal, attempt: number, dispatch } = attempt.task;
    const reports = [{ dispatch: { runKey, ordinal, attempt: number, dispatch }, kind }];
    const batch = create(AttemptReportBatchSchema, {
      executorId: this.executorId,
      incarnation: this.incarnation,
      reports: reports as never,
    });
    const data = toBinary(AttemptReportBatchSchema, batch);
    for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
      const reply = await this.scheduler.report(this, this.owners.get(shardOf(runKey)), data);
      const verdict = reply && fromBinary(AttemptReportReplySchema, reply).verdicts[0];
      if (verdict !== undefined && answered(verdict) === 'done') return;
      await this.rest(verdict === undefined ? pause : AGAIN_MS);
    }
  }

  private async renewal(): Promise<void> {
    for (;;) {
      if (!(await this.renew())) await this.renew();
      await this.rest(this.leased ? RENEW_MS : RETRY_MS);
    }
  }

  private async renew(): Promise<boolean> {
    const sentAt = this.world.now;
    const request = create(RenewLeaseSchema, {
      executorId: this.executorId,
      incarnation: this.incarnation,
      pool: 'default',
      slots: this.slots,
      freeSlots: this.slots - this.occupied(),
    });
    const data = await this.scheduler.renew(this, toBinary(RenewLeaseSchema, request));
    if (data === undefined) return true;
    const reply = fromBinary(RenewLeaseReplySchema, data);
    this.offset = Number(reply.now) - (sentAt + this.world.now) / 2;
    this.owners = new Map(reply.replicas.flatMap(({ replicaId, shards }) => shards.map((shard) => [shard, replicaId])));
    if (reply.renewed) {
      this.renewedAt = sentAt;
      this.leased = true;
    } else {
      this.lost();
      this.incarnation += 1n;
    }
    return reply.renewed;
  }

  private lost(): void {
    this.leased = false;
    for (const attempt of this.attempts.values()) this.stop(attempt, 'lease-lost');
  }

  private occupied(): number {
    let count = 0;
    for (const { ended } of this.attempts.values()) if (!ended) count += 1;
    return count;
  }

  private rest(pauseMs: number): Promise<void> {
    return new Promise((resolve) => this.world.after(pauseMs, 'goes on', this, resolve));
  }
}

/** apps/executor/src/usecases/may-run-elsewhere.ts */
function mayRunElsewhere({ task, delivery }: Attempt): boolean {
  return task.dispatch === 1 && (delivery.redelivered || task.copy);
}

function outcomeOf(chance: number): Ending {
  if (chance < 0.82) return 'DONE';
  if (chance < 0.9) return 'USER_ERROR';
  return chance < 0.97 ? 'PLATFORM_ERROR' : 'FATAL_ERROR';
}
