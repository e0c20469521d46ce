import type { Attempt } from './attempt.js';

/** About what an attempt takes besides its params and artifacts. */
const WAITING_BYTES = 4_096;
/** What all attempts that wait without a slot may take: some ten thousand. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/** AttemptTable holds what this executor works on: from delivery until the scheduler has answered the result. */
export class AttemptTable {
  private readonly attempts = new Map<string, Attempt>();
  private occupiedSlots = 0;
  private readonly byType = new Counts();
  private readonly byTenant = new Counts();
  /** Attempts without a slot, and what each takes. */
  private readonly waiting = new Map<Attempt, number>();
  private waitingBytes = 0;
  private unended = 0;
  private emptied: (() => void) | undefined;

  /** `slotFreed` is told when there is room for another attempt. */
  constructor(private readonly slotFreed: () => void) {}

  /** occupied is how many slots are taken: from the delivery of an attempt until its runtime has ended. */
  get occupied(): number {
    return this.occupiedSlots;
  }

  get size(): number {
    return this.attempts.size;
  }

  /** occupiedByType is how many slots a step type takes; its name in lower case. */
  occupiedByType(type: string): number {
    return this.byType.of(type);
  }

  occupiedByTenant(tenant: string): number {
    return this.byTenant.of(tenant);
  }

  all(): IterableIterator<Attempt> {
    return this.attempts.values();
  }

  find(key: string): Attempt | undefined {
    return this.attempts.get(key);
  }

  add(attempt: Attempt): void {
    this.attempts.set(attempt.key, attempt);
    this.unended += 1;
    if (attempt.holdsSlot) this.count(attempt, 1);
  }

  /** end frees the slot of an attempt, which stays here until its result is answered. Said once. */
  end(attempt: Attempt): void {
    attempt.ended = true;
    this.unended -= 1;
    this.free(attempt);
    this.waitingBytes -= this.waiting.get(attempt) ?? 0;
    this.waiting.delete(attempt);
    if (this.unended === 0) this.emptied?.();
  }

  /** wait frees the slot of an attempt that only waits; not when those that wait would take too much memory together. */
  wait(attempt: Attempt): void {
    const bytes = WAITING_BYTES + attempt.task.paramsJson.length + attempt.task.artifactsJson.length;
    if (!attempt.holdsSlot || this.waitingBytes + bytes > MAX_WAITING_BYTES) return;
    this.waiting.set(attempt, bytes);
    this.waitingBytes += bytes;
    this.free(attempt);
  }

  remove(attempt: Attempt): void {
    this.attempts.delete(attempt.key);
    if (!attempt.ended) this.end(attempt);
  }

  /** whenIdle resolves when every attempt has ended (their results may still be on their way). */
  whenIdle(): Promise<void> {
    if (this.unended === 0) return Promise.resolve();
    return new Promise((resolve) => (this.emptied = resolve));
  }

  private free(attempt: Attempt): void {
    if (!attempt.holdsSlot) return;
    attempt.holdsSlot = false;
    this.count(attempt, -1);
    this.slotFreed();
  }

  private count({ task }: Attempt, by: number): void {
    this.occupiedSlots += by;
    this.byType.add(task.stepType.toLowerCase(), by);
    this.byTenant.add(task.tenant, by);
  }
}

class Counts {
  private readonly counts = new Map<string, number>();

  of(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  add(key: string, by: number): void {
    const count = this.of(key) + by;
    if (count === 0) this.counts.delete(key);
    else this.counts.set(key, count);
  }
}
