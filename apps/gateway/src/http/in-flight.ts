import { MaestroError } from '@maestro/domain';

/** InFlight bounds how many requests are worked on at once: above it the gateway answers instead of queueing. */
export class InFlight {
  private count = 0;

  constructor(private readonly limit: number) {}

  /** enter throws OVERLOADED above the limit; call what it returns once, when the request has ended. */
  enter(): () => void {
    if (this.count >= this.limit) {
      const message = `The gateway works on ${this.limit} requests already; try again in a moment.`;
      throw new MaestroError('OVERLOADED', message, { retryAfterMs: 1_000, metadata: { limit: String(this.limit) } });
    }
    this.count += 1;
    return () => {
      this.count -= 1;
    };
  }
}
