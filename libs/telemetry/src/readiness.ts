/** ReadinessCheck answers with undefined when its part is ready, else with a sentence that says what is missing. */
export type ReadinessCheck = () => Promise<string | undefined> | string | undefined;

export interface ReadinessReport {
  readonly ready: boolean;
  /** Name of the check -> what is missing. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** A check that hangs is a check that failed: probes have their own time limit. */
const CHECK_TIMEOUT_MS = 2_000;

/** Readiness collects the checks of a process and asks them all at once. */
export class Readiness {
  private readonly checks = new Map<string, ReadinessCheck>();

  constructor(private readonly timeoutMs: number = CHECK_TIMEOUT_MS) {}

  /** register adds or replaces the check of that name. */
  register(name: string, check: ReadinessCheck): void {
    this.checks.set(name, check);
  }

  async report(): Promise<ReadinessReport> {
    const answers = await Promise.all([...this.checks].map(async ([name, check]) => [name, await this.ask(check)]));
    const reasons = Object.fromEntries(answers.filter(([, reason]) => reason !== undefined)) as Record<string, string>;
    return { ready: Object.keys(reasons).length === 0, reasons };
  }

  private async ask(check: ReadinessCheck): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${String(this.timeoutMs)} ms`), this.timeoutMs);
    });
    try {
      return await Promise.race([Promise.resolve().then(check), late]);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
