import type { Millis } from '@maestro/domain';
import type { Logger } from '@maestro/telemetry';
import type { Advance, StoredTrigger, TimeTriggerStore } from '../ports/time-trigger-store.js';
import type { Timing } from '../ports/timing.js';
import type { ShardLeases } from './shard-leases.js';

/** How far ahead a scan looks: a little more than the pause between two scans. */
const HORIZON_MS = 1_500;
const SCAN_LIMIT = 5_000;
/** Triggers whose starts are under way at a time: they share the batches of the commit loop. */
const AT_A_TIME = 1_000;

export interface TimeTriggerLoopDeps {
  readonly store: TimeTriggerStore;
  readonly shards: Pick<ShardLeases, 'shards'>;
  readonly timing: Timing;
  readonly logger: Logger;
  now(): Millis;
  /** Starts what is due of a trigger. Never rejects. */
  fire(row: StoredTrigger): Promise<Advance>;
}

/**
 * TimeTriggerLoop fires the triggers of this replica's shards on time: a look into the table every second finds what is due soon, timers do
 * the rest. What it has in memory is a copy: a start is idempotent, and the watermark is written after its commit.
 */
export class TimeTriggerLoop {
  /** By trigger: waiting for its time, or firing. */
  private readonly known = new Map<string, () => void>();
  private due: StoredTrigger[] = [];
  private firing: Promise<void> | undefined;
  private rescan = false;
  private stopped = false;

  constructor(private readonly deps: TimeTriggerLoopDeps) {}

  /** scan finds what is due soon; answers whether there may be more. */
  async scan(): Promise<boolean> {
    const { shards, store, now } = this.deps;
    if (this.stopped || shards.shards.length === 0) return false;
    const rows = await store.due(shards.shards, now() + HORIZON_MS, SCAN_LIMIT);
    for (const row of rows) this.schedule(row);
    return rows.length === SCAN_LIMIT && !this.stopped;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const cancel of this.known.values()) cancel();
    await this.firing;
  }

  private schedule(row: StoredTrigger): void {
    if (this.stopped || this.known.has(row.triggerId)) return;
    const wait = (row.nextFireAt ?? 0) - this.deps.now();
    this.known.set(row.triggerId, () => undefined);
    if (wait <= 0) this.isDue(row);
    else
      this.known.set(
        row.triggerId,
        this.deps.timing.after(wait, () => this.isDue(row)),
      );
  }

  /** All that is due at one moment is fired together. */
  private isDue(row: StoredTrigger): void {
    this.due.push(row);
    this.firing ??= this.fireAll().finally(() => (this.firing = undefined));
  }

  private async fireAll(): Promise<void> {
    await new Promise<void>((resolve) => this.deps.timing.soon(resolve));
    while (this.due.length > 0 && !this.stopped) {
      await this.fireSome(this.due.splice(0, AT_A_TIME));
      await this.scanAgain();
    }
  }

  private async fireSome(rows: readonly StoredTrigger[]): Promise<void> {
    const advances = await Promise.all(rows.map((row) => this.deps.fire(row)));
    const noted = await this.note(advances);
    for (const { triggerId } of rows) this.known.delete(triggerId);
    const soon = this.deps.now() + HORIZON_MS;
    this.rescan ||= noted && advances.some(({ nextFireAt }) => nextFireAt !== undefined && nextFireAt <= soon);
  }

  private async note(advances: readonly Advance[]): Promise<boolean> {
    try {
      await this.deps.store.advance(advances);
      return true;
    } catch (err) {
      // The starts are done: the next scan finds the rows as they were, and starts nothing twice.
      this.deps.logger.warn({ err, triggers: advances.length }, 'firings could not be noted and are looked at again');
      return false;
    }
  }

  /** The next time of one that has just fired may come before the scan after next. */
  private async scanAgain(): Promise<void> {
    if (!this.rescan) return;
    this.rescan = false;
    try {
      await this.scan();
    } catch (err) {
      this.deps.logger.warn({ err }, 'a look for due triggers failed; the next one comes within a second');
    }
  }
}
