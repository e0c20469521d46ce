import type { Millis, RunKey } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';
import type { Logger } from '@maestro/telemetry';
import type { EventInput, Input } from '../commit/input.js';
import type { Timing } from '../ports/timing.js';
import { AT_ONCE, type DueRun, type WakeupStore } from '../ports/wakeup-store.js';
import type { ShardLeases } from './shard-leases.js';

/** How far ahead a scan looks: a little more than the pause between two scans. */
const HORIZON_MS = 1_500;
/** A bound on what one scan takes; the rest is found by the next one, at once. */
const SCAN_LIMIT = 5_000;

interface Scheduled {
  readonly at: Millis;
  readonly cancel: () => void;
}

export interface TimersDeps {
  readonly shards: ShardLeases;
  readonly wakeups: WakeupStore;
  readonly logger: Logger;
  readonly timing: Timing;
  now(): Millis;
  submit(input: Input): void;
  /** Tell the owner of another shard that one of its runs has an earlier timer. */
  hint(runKey: RunKey): void;
}

/**
 * Timers wake the runs of this replica's shards when their wakeup row is due: by a look into the table every second, and
 * by word of mouth for what is committed for the next moments.
 */
export class Timers {
  private readonly scheduled = new Map<RunKey, Scheduled>();
  /** Fired and not yet settled: their wakeup rows are still there, and a scan must not fire them again. */
  private readonly firing = new Set<RunKey>();
  private due: DueRun[] = [];
  private stopped = false;

  constructor(private readonly deps: TimersDeps) {}

  /** wakeAt is told of every wakeup that this replica commits. */
  wakeAt(runKey: RunKey, at: Millis): void {
    if (this.stopped) return;
    if (!this.deps.shards.holds(runKey)) this.deps.hint(runKey);
    else if (at <= this.deps.now() + HORIZON_MS) this.schedule(runKey, at);
  }

  /** scan finds what is due soon; answers whether there may be more. */
  async scan(): Promise<boolean> {
    const { shards, wakeups } = this.deps;
    if (shards.shards.length === 0) return false;
    const found = await wakeups.due(shards.shards, this.deps.now() + HORIZON_MS, SCAN_LIMIT);
    for (const { runKey, dueAt } of found) if (!this.firing.has(runKey)) this.schedule(runKey, dueAt);
    return found.length === SCAN_LIMIT;
  }

  stop(): void {
    this.stopped = true;
    for (const { cancel } of this.scheduled.values()) cancel();
    this.scheduled.clear();
  }

  private schedule(runKey: RunKey, at: Millis): void {
    if (this.stopped) return;
    const known = this.scheduled.get(runKey);
    if (known !== undefined && known.at <= at) return;
    known?.cancel();
    const wait = Math.max(0, at - this.deps.now());
    this.scheduled.set(runKey, { at, cancel: this.deps.timing.after(wait, () => this.fire({ runKey, dueAt: at })) });
  }

  /** All that is due at one moment is fired together, with one look for pending acts. */
  private fire(run: DueRun): void {
    this.scheduled.delete(run.runKey);
    this.firing.add(run.runKey);
    this.due.push(run);
    if (this.due.length === 1) this.deps.timing.soon(() => void this.fireDue());
  }

  private async fireDue(): Promise<void> {
    const due = this.due;
    this.due = [];
    try {
      const actions = await this.deps.wakeups.pendingActions(due.map(({ runKey }) => runKey));
      for (const run of due) this.submitTimer(run);
      for (const { runKey, id, event } of actions) this.submit(runKey, event, { pendingActionId: id });
    } catch (err) {
      this.deps.logger.warn({ err, runs: due.length }, 'timers could not fire and are found by the next scan');
      for (const { runKey } of due) this.firing.delete(runKey);
    }
  }

  /** An admitted run that has not begun is launched; for any other that event is late and changes nothing. */
  private submitTimer({ runKey, dueAt }: DueRun): void {
    const at = this.deps.now();
    this.submit(runKey, { type: 'run-launched', at });
    // The wakeup of an act goes with the act.
    this.submit(runKey, { type: 'timer-fired', at }, dueAt <= AT_ONCE ? {} : { wakeupDueAt: dueAt });
  }

  private submit(
    runKey: RunKey,
    event: EngineEvent,
    origin: Pick<EventInput, 'pendingActionId' | 'wakeupDueAt'> = {},
  ): void {
    this.deps.submit({
      kind: 'event',
      runKey,
      event,
      ...origin,
      settle: () => this.firing.delete(runKey),
      fail: (error) => {
        this.firing.delete(runKey);
        this.deps.logger.warn({ err: error, runKey: String(runKey) }, 'a timer failed and fires again');
      },
    });
  }
}
