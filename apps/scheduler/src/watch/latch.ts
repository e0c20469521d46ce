/** Latch remembers that something happened until somebody has waited for it; many happenings are one. */
export class Latch {
  private happened = false;
  private wake: (() => void) | undefined;

  readonly set = (): void => {
    this.happened = true;
    this.wake?.();
  };

  /** past resolves once it was set, or the time is over, or the signal aborts; then it is not set any more. */
  async past(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.happened && !signal.aborted) await this.waiting(timeoutMs, signal);
    this.happened = false;
  }

  private waiting(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      signal.addEventListener('abort', done);
      this.wake = done;
    });
  }
}
