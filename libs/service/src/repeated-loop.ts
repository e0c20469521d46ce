export interface RepeatedLoopOptions {
  readonly everyMs: number;
  /** One round; true = there is more to do at once. */
  readonly round: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
  /** How long after a round that failed the next one is tried. Default 1 s. */
  readonly retryMs?: number;
}

const RETRY_MS = 1_000;

/** RepeatedLoop does its rounds one after another: at once when it is nudged, and every now and then. */
export class RepeatedLoop {
  private running: Promise<void> | undefined;
  private again = false;
  private failing = false;
  private waiting: (() => void)[] = [];
  private stopped = false;
  private readonly timer: NodeJS.Timeout;
  private retry: NodeJS.Timeout | undefined;

  constructor(private readonly options: RepeatedLoopOptions) {
    this.timer = setInterval(() => this.nudge(), options.everyMs);
  }

  /** nudge says that there is something to do; while a round runs, another one follows it. */
  nudge(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.rounds().finally(() => (this.running = undefined));
  }

  /** afterRound resolves when a round that begins from now on has ended, well or badly; at once while rounds fail. */
  afterRound(): Promise<void> {
    if (this.stopped || this.failing) return Promise.resolve();
    const ended = new Promise<void>((resolve) => this.waiting.push(resolve));
    this.nudge();
    return ended;
  }

  /** stop resolves when no round runs any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    await this.running;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async rounds(): Promise<void> {
    while (this.takeTurn()) {
      const waiting = this.waiting.splice(0);
      try {
        if (await this.options.round()) this.again = true;
        this.failing = false;
      } catch (error) {
        this.failing = true;
        this.options.onError(error);
        this.tryAgain();
      }
      for (const resolve of waiting) resolve();
    }
  }

  private tryAgain(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.nudge(), this.options.retryMs ?? RETRY_MS);
  }

  private takeTurn(): boolean {
    const turn = this.again && !this.stopped;
    this.again = false;
    return turn;
  }
}
