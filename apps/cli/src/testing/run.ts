import { setTimeout as sleep } from 'node:timers/promises';
import { createColors } from 'picocolors';
import type { Cli } from '../cli.js';
import { runCli } from '../run-cli.js';

/** Every test runs at this moment. */
export const NOW = Date.parse('2026-05-01T12:00:00.000Z');

/** Ended is what a command line left behind. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** RunSettings are what differs between tests. */
export interface RunSettings {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** The standard input in pieces, for commands that read while it comes in. */
  readonly stdinPieces?: Iterable<string>;
  /** What a person answers; without it nobody can be asked. */
  readonly answer?: string;
  readonly isTty?: boolean;
  /** Called with all output so far after each write. */
  readonly onOutput?: (out: string, interrupt: () => void) => void;
}

/** run executes a command line in this process. */
export async function run(argv: readonly string[], settings: RunSettings = {}): Promise<Ended> {
  let [out, err] = ['', ''];
  let interrupt = (): void => undefined;
  const world: Omit<Cli, 'exitWith'> = {
    terminal: {
      out: (text) => {
        out += text;
        settings.onOutput?.(out, () => interrupt());
      },
      err: (text) => void (err += text),
      isTty: settings.isTty ?? false,
      canAsk: settings.answer !== undefined,
      columns: () => 100,
      rows: () => 24,
      ask: (question) => {
        err += `${question}\n`;
        return Promise.resolve(settings.answer ?? '');
      },
      stdin: async function* () {
        yield* settings.stdinPieces ?? [settings.stdin ?? ''];
      },
      write: async (text) => {
        await Promise.resolve();
        out += text;
        settings.onOutput?.(out, () => interrupt());
      },
      readStdin: () => Promise.resolve(settings.stdin ?? ''),
      onInterrupt: (callback) => {
        interrupt = callback;
        return () => (interrupt = () => undefined);
      },
    },
    colors: createColors(false),
    env: settings.env ?? {},
    cwd: settings.cwd ?? '/',
    osUser: 'tester',
    now: () => NOW,
    wait: (ms, signal) => sleep(Math.min(ms, 10), undefined, { signal }).catch(() => undefined),
  };
  const code = await runCli(argv, world);
  return { code, out, err };
}
