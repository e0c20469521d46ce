/** Wakeup lets one waiter sleep until something happened, was asked to end, or the time is over. */
export class Wakeup {
  private woken = false;
  private waiter: (() => void) | undefined;
  private readonly ended = (): void => this.wake();

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.ended);
  }

  /** wake ends the current sleep, or the next one at once. */
  wake(): void {
    this.woken = true;
    this.waiter?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.woken && !this.signal.aborted) await this.untilWoken(ms);
    this.woken = false;
  }

  close(): void {
    this.signal.removeEventListener('abort', this.ended);
  }

  private untilWoken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.waiter?.(), ms);
      this.waiter = () => {
        clearTimeout(timer);
        this.waiter = undefined;
        resolve();
      };
    });
  }
}
