import { RepeatedLoop } from '@maestro/service';
import type { Logger } from '@maestro/telemetry';
import type { Clock } from '../ports/clock.js';
import type { Deliveries, Settled } from '../ports/delivery.js';
import type { Sender } from '../usecases/sender.js';

/** What another replica wrote and died without sending is found this often; anything else is timed or nudged. */
const LOOK_MS = 30_000;
const MAX_WAIT_MS = 60_000;
const MAX_SETTLED = 1_000;
/** For what is being sent when the process stops. */
const DRAIN_MS = 5_000;

export interface DeliveryLoopDeps {
  readonly deliveries: Pick<Deliveries, 'settle' | 'nextDue'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Makes the sender that says what became of each delivery. */
  readonly senderOf: (onSettled: (settled: Settled) => void) => Sender;
}

/** DeliveryLoop sends what is due: at once when it is told of something new, and at the time of the next try. */
export class DeliveryLoop {
  private readonly sending: RepeatedLoop;
  private readonly settling: RepeatedLoop;
  private readonly sender: Sender;
  private readonly settled: Settled[] = [];
  private due: NodeJS.Timeout | undefined;

  constructor(private readonly deps: DeliveryLoopDeps) {
    const { logger, senderOf } = deps;
    this.sender = senderOf((settled) => this.take(settled));
    this.sending = new RepeatedLoop({
      everyMs: LOOK_MS,
      round: () => this.send(),
      onError: (err) => logger.warn({ err }, 'deliveries cannot be read now; they are read again'),
    });
    this.settling = new RepeatedLoop({
      everyMs: LOOK_MS,
      round: () => this.settle(),
      onError: (err) => logger.warn({ err }, 'what became of deliveries cannot be written now; it is tried again'),
    });
    this.nudge();
  }

  /** nudge says that something may be due. */
  nudge(): void {
    this.sending.nudge();
  }

  /** stop sends nothing more, waits a little for what is being sent, and writes down what became of it. */
  async stop(): Promise<void> {
    await this.sending.stop();
    clearTimeout(this.due);
    const impatience = setTimeout(() => this.sender.abort(), DRAIN_MS);
    await this.sender.idle();
    clearTimeout(impatience);
    await this.settling.afterRound();
    await this.settling.stop();
  }

  private async send(): Promise<boolean> {
    const now = this.deps.clock.now();
    if ((await this.sender.sendDue(now)) > 0) return true;
    const next = await this.deps.deliveries.nextDue(now);
    clearTimeout(this.due);
    const wait = next === undefined ? LOOK_MS : Math.min(MAX_WAIT_MS, Math.max(1, next - this.deps.clock.now()));
    this.due = setTimeout(() => this.nudge(), wait);
    return false;
  }

  private take(settled: Settled): void {
    this.settled.push(settled);
    this.settling.nudge();
    // There is room again.
    this.nudge();
  }

  private async settle(): Promise<boolean> {
    const some = this.settled.slice(0, MAX_SETTLED);
    if (some.length === 0) return false;
    await this.deps.deliveries.settle(some);
    this.settled.splice(0, some.length);
    this.nudge();
    return this.settled.length > 0;
  }
}
