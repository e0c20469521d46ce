import { MaestroError } from '@maestro/domain';

/** InFlight bounds how many requests are worked on at once: above it the gateway answers instead of queueing. */
export class InFlight {
  private count = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** enter throws OVERLOADED above the limit; call what it returns once, when the request has ended. */
  enter(): () => void {
    if (this.count >= this.limit) {
      const message = `The gateway works on ${this.limit} requests already; try again in a moment.`;
      throw new MaestroError('OVERLOADED', message, { retryAfterMs: 1_000, metadata: { limit: String(this.limit) } });
    }
    this.count += 1;
    return () => this.leave();
  }

  /** idle resolves when nothing is in flight. */
  idle(): Promise<void> {
    return this.count === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    this.count -= 1;
    if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve();
  }
}
