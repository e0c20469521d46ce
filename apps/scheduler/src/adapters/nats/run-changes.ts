import type { Millis, RunKey } from '@maestro/domain';
import { SCHEDULER_WATCH, watchedRunSubject, type Listening, type Messaging } from '@maestro/messaging';
import type { RunChanges } from '../../ports/run-changes.js';
import { FollowedRuns } from './followed-runs.js';

/** How often a replica tells which runs are followed through it. */
const TELL_EVERY_MS = 10_000;
/** Interest outlives two tellings that were lost. */
const INTEREST_MS = 35_000;
/** Keys of one message: far below NATS' limit of 1 MB. */
const KEYS_A_MESSAGE = 1_000;

export interface NatsRunChangesOptions {
  readonly messaging: Pick<Messaging, 'publish' | 'listen'>;
  /** Its own words are not for itself: its commits reach its watchers without NATS. */
  readonly replicaId: string;
  /** Monotonic enough: only differences count. */
  now(): Millis;
}

interface Followed {
  readonly callbacks: Set<() => void>;
  readonly listening: Listening;
}

/** NatsRunChanges is RunChanges over core NATS. */
export class NatsRunChanges implements RunChanges {
  private readonly elsewhere = new FollowedRuns(INTEREST_MS);
  private readonly here = new Map<RunKey, Followed>();
  private readonly listening: Listening;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: NatsRunChangesOptions) {
    this.listening = options.messaging.listen(SCHEDULER_WATCH, (data) => this.heard(new TextDecoder().decode(data)));
    this.timer = setInterval(() => this.tell([...this.here.keys()]), TELL_EVERY_MS);
    this.timer.unref();
  }

  watch(runKey: RunKey, onChange: () => void): () => void {
    const followed = this.here.get(runKey) ?? this.follow(runKey);
    followed.callbacks.add(onChange);
    this.tell([runKey]);
    return () => {
      followed.callbacks.delete(onChange);
      if (followed.callbacks.size > 0 || this.here.get(runKey) !== followed) return;
      this.here.delete(runKey);
      void followed.listening.stop();
    };
  }

  committed(runKey: RunKey): void {
    const { messaging, now } = this.options;
    if (this.elsewhere.has(runKey, now())) messaging.publish(watchedRunSubject(runKey), new Uint8Array());
  }

  /** stop forgets all who follow. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    const followed = [...this.here.values()];
    this.here.clear();
    await Promise.all([this.listening.stop(), ...followed.map(({ listening }) => listening.stop())]);
  }

  private follow(runKey: RunKey): Followed {
    const callbacks = new Set<() => void>();
    const listening = this.options.messaging.listen(watchedRunSubject(runKey), () => {
      for (const onChange of callbacks) onChange();
    });
    const followed = { callbacks, listening };
    this.here.set(runKey, followed);
    return followed;
  }

  private tell(runKeys: readonly RunKey[]): void {
    const { messaging, replicaId } = this.options;
    for (let at = 0; at < runKeys.length; at += KEYS_A_MESSAGE) {
      const text = [replicaId, ...runKeys.slice(at, at + KEYS_A_MESSAGE)].join(' ');
      messaging.publish(SCHEDULER_WATCH, new TextEncoder().encode(text));
    }
  }

  private heard(text: string): void {
    const [replicaId, ...runKeys] = text.split(' ');
    if (replicaId === this.options.replicaId) return;
    const now = this.options.now();
    for (const runKey of runKeys) this.elsewhere.add(BigInt(runKey), now);
  }
}
