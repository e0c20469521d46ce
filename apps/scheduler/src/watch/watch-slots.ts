import { MaestroError } from '@maestro/domain';

const RETRY_AFTER_MS = 5_000;

/** WatchSlots bounds how many streams of one process follow runs. */
export class WatchSlots {
  private taken = 0;

  constructor(private readonly limit: number) {}

  /** take gives a slot; answers how to give it back. Throws OVERLOADED when all are taken. */
  take(): () => void {
    if (this.taken >= this.limit) {
      const message = `This scheduler already serves ${this.limit} streams that follow runs. Try again, or read the run now and then.`;
      throw new MaestroError('OVERLOADED', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.taken += 1;
    let given = false;
    return () => {
      if (!given) this.taken -= 1;
      given = true;
    };
  }
}
