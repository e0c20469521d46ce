import { startGuarded, lastLines, type ExitReason, type GuardedProcess } from '@maestro/launcher';
import type { Environment } from './service-environment.js';

/** Program is one process to keep running. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly logFile: string;
}

/** SupervisorEvents tell a person what happens to a program. */
export interface SupervisorEvents {
  /** It ended and is started again after `delayMs`; `crashes` counts the early ends in a row. */
  onRestart(event: {
    readonly program: Program;
    readonly why: string;
    readonly delayMs: number;
    readonly crashes: number;
  }): void;
  /** It has a new process id. */
  onStarted(program: Program, pid: number): void;
}

/** Supervised is a program that is started again whenever it ends, until it is stopped. */
export interface Supervised {
  readonly program: Program;
  readonly pid: number;
  /** Early ends in a row. */
  readonly crashes: number;
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;

/** A process that lived this long was well: the next end starts a new count. */
const HEALTHY_MS = 20_000;

/** CRASH_LOOP is how many early ends in a row are called a crash loop. */
export const CRASH_LOOP = 3;

/** supervise starts a program and keeps it running, with a pause that doubles while it keeps ending early. */
export function supervise(program: Program, events: SupervisorEvents): Supervised {
  return new Supervisor(program, events);
}

class Supervisor implements Supervised {
  crashes = 0;
  private running: GuardedProcess | undefined;
  private pause: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    readonly program: Program,
    private readonly events: SupervisorEvents,
  ) {
    this.start();
  }

  get pid(): number {
    return this.running?.pid ?? 0;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    await this.running?.stop();
  }

  private start(): void {
    const startedAt = performance.now();
    const { command, args, env, logFile } = this.program;
    this.running = startGuarded({ command, args, env, logFile, stopSignal: 'SIGTERM' });
    this.events.onStarted(this.program, this.running.pid);
    void this.running.exited.then((reason) => {
      this.running = undefined;
      if (!this.stopping) this.restart(reason, performance.now() - startedAt);
    });
  }

  private restart(reason: ExitReason, livedMs: number): void {
    this.crashes = livedMs > HEALTHY_MS ? 1 : this.crashes + 1;
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (this.crashes - 1), LONGEST_DELAY_MS);
    this.events.onRestart({ program: this.program, why: howItEnded(reason), delayMs, crashes: this.crashes });
    this.pause = setTimeout(() => this.start(), delayMs);
  }
}

/** howItEnded puts the end of a process in words. */
export function howItEnded(reason: ExitReason): string {
  if (reason.error !== undefined) return `could not start: ${reason.error.message}`;
  return reason.signal === null ? `ended with code ${reason.code}` : `was ended by ${reason.signal}`;
}

/** crashReport is what to show of a program that keeps ending: the end of its log and where the rest is. */
export function crashReport(program: Program): string {
  return `${program.name} keeps ending. The end of ${program.logFile}:\n${lastLines(program.logFile, 12)}`;
}
