import type { Watch } from '@maestro/alerting';
import { RepeatedLoop } from '@maestro/service';
import type { Logger } from '@maestro/telemetry';
import type { Alerts } from '../ports/alerts.js';
import type { Clock } from '../ports/clock.js';

/** What another replica wrote is found this often; anything else is timed or nudged. */
const LOOK_MS = 30_000;
const BATCH = 50;

export interface LookLoopDeps {
  readonly alerts: Pick<Alerts, 'tellDue' | 'takeWatches' | 'nextDue'>;
  readonly look: (watch: Watch) => Promise<void>;
  /** Something was found that may have to be sent. */
  readonly found: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** LookLoop looks at what may last too long when it is due, and tells of digests when they are. */
export class LookLoop {
  private readonly rounds: RepeatedLoop;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly deps: LookLoopDeps) {
    this.rounds = new RepeatedLoop({
      everyMs: LOOK_MS,
      round: () => this.round(),
      onError: (err) => deps.logger.warn({ err }, 'what may be late cannot be looked at now; it is tried again'),
    });
    this.nudge();
  }

  /** nudge says that something new may be due. */
  nudge(): void {
    this.rounds.nudge();
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.rounds.stop();
    clearTimeout(this.timer);
  }

  private async round(): Promise<boolean> {
    const { alerts, found } = this.deps;
    const told = await alerts.tellDue();
    const due = await alerts.takeWatches(BATCH);
    await Promise.all(due.map((watch) => this.look(watch)));
    if (told + due.length > 0) found();
    if (due.length === BATCH) return true;
    this.wake(await alerts.nextDue());
    return false;
  }

  /** One that cannot be looked at keeps its lease, and is taken again after it; the others go on. */
  private async look(watch: Watch): Promise<void> {
    try {
      await this.deps.look(watch);
    } catch (err) {
      this.deps.logger.warn({ err, watch: watch.key }, 'this cannot be looked at now; it is looked at again');
    }
  }

  private wake(next: number | undefined): void {
    clearTimeout(this.timer);
    if (next === undefined) return;
    this.timer = setTimeout(() => this.nudge(), Math.min(LOOK_MS, Math.max(1, next - this.deps.clock.now())));
  }
}
