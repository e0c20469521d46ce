import type { Millis, RunKey } from '@maestro/domain';
import type { DispatchRef } from '@maestro/engine';
import type { Logger } from '@maestro/telemetry';
import type { Input } from '../commit/input.js';
import type { TaskQueue } from '../ports/task-queue.js';
import type { Timing } from '../ports/timing.js';

/** Suspect is a dispatch that nobody has claimed for long: its message may be lost. */
export interface Suspect extends DispatchRef {
  readonly runKey: RunKey;
  readonly pool: string;
  readonly stepType: string;
  readonly dispatchedAt: Millis;
}

export interface DispatchWatchDeps {
  readonly queue: TaskQueue;
  readonly logger: Logger;
  readonly timing: Timing;
  now(): Millis;
  submit(input: Input): void;
}

/** Clocks of Postgres and NATS may differ by this much before a loss is no longer proved. */
const CLOCK_MARGIN_MS = 5_000;

/**
 * DispatchWatch dispatches again only what is provably not in the queue: everything that is still there was stored later
 * than the suspect was sent. All suspects of one moment cost one question per queue.
 */
export class DispatchWatch {
  private suspects: Suspect[] = [];

  constructor(private readonly deps: DispatchWatchDeps) {}

  suspect(suspect: Suspect): void {
    this.suspects.push(suspect);
    if (this.suspects.length === 1) this.deps.timing.soon(() => void this.check());
  }

  private async check(): Promise<void> {
    const suspects = this.suspects;
    this.suspects = [];
    for (const queued of byQueue(suspects)) await this.checkQueue(queued);
  }

  private async checkQueue(suspects: readonly Suspect[]): Promise<void> {
    const [first] = suspects;
    if (first === undefined) return;
    try {
      const oldest = (await this.deps.queue.oldest(first.pool, first.stepType)) ?? Infinity;
      for (const suspect of suspects) if (suspect.dispatchedAt + CLOCK_MARGIN_MS < oldest) this.lost(suspect);
    } catch (err) {
      this.deps.logger.warn({ err, pool: first.pool }, 'the task queue could not be asked; the next timer asks again');
    }
  }

  private lost({ runKey, ordinal, attempt, dispatch, pool }: Suspect): void {
    this.deps.logger.warn(
      { runKey: String(runKey), ordinal, attempt, dispatch, pool },
      'a dispatch is lost and is repeated',
    );
    const event = { type: 'dispatch-lost', at: this.deps.now(), ordinal, attempt, dispatch } as const;
    this.deps.submit({ kind: 'event', runKey, event, settle: () => undefined, fail: () => undefined });
  }
}

function byQueue(suspects: readonly Suspect[]): Iterable<Suspect[]> {
  const queues = new Map<string, Suspect[]>();
  for (const suspect of suspects) {
    const key = `${suspect.pool}/${suspect.stepType}`;
    const known = queues.get(key);
    if (known === undefined) queues.set(key, [suspect]);
    else known.push(suspect);
  }
  return queues.values();
}
