export interface RepeatedLoopOptions {
  readonly everyMs: number;
  /** One round; true = there is more to do at once. */
  readonly round: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

/** RepeatedLoop does its rounds one after another: at once when it is nudged, and every now and then. */
export class RepeatedLoop {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: RepeatedLoopOptions) {
    this.timer = setInterval(() => this.nudge(), options.everyMs);
  }

  /** nudge says that there is something to do; while a round runs, another one follows it. */
  nudge(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.rounds().finally(() => (this.running = undefined));
  }

  /** stop resolves when no round runs any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async rounds(): Promise<void> {
    while (this.takeTurn()) {
      try {
        if (await this.options.round()) this.again = true;
      } catch (error) {
        this.options.onError(error);
      }
    }
  }

  private takeTurn(): boolean {
    const turn = this.again && !this.stopped;
    this.again = false;
    return turn;
  }
}
