import type { Millis, RunKey } from '@maestro/domain';
import type { DispatchRef } from '@maestro/engine';
import { taskSubject } from '@maestro/messaging';
import type { Logger } from '@maestro/telemetry';
import type { Input } from '../commit/input.js';
import type { TaskQueue } from '../ports/task-queue.js';
import type { Timing } from '../ports/timing.js';
import { isQueuedLater } from './queued-later.js';

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
    for (const [subject, queued] of bySubject(suspects)) await this.checkQueue(subject, queued);
  }

  private async checkQueue(subject: string, suspects: readonly Suspect[]): Promise<void> {
    try {
      const oldest = await this.deps.queue.oldest(subject);
      for (const suspect of suspects) if (isQueuedLater(oldest, suspect.dispatchedAt)) this.lost(suspect);
    } catch (err) {
      this.deps.logger.warn({ err, subject }, 'the task queue could not be asked; the next timer asks again');
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

function bySubject(suspects: readonly Suspect[]): ReadonlyMap<string, Suspect[]> {
  const queues = new Map<string, Suspect[]>();
  for (const suspect of suspects) {
    const subject = taskSubject({ pool: suspect.pool, type: suspect.stepType });
    const known = queues.get(subject);
    if (known === undefined) queues.set(subject, [suspect]);
    else known.push(suspect);
  }
  return queues;
}
