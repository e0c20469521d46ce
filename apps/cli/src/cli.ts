import type { createColors } from 'picocolors';
import type { Terminal } from './terminal.js';

/** Colors paint text when a person looks at it, and leave it alone otherwise. */
export type Colors = ReturnType<typeof createColors>;

/** Cli is what every command gets: the world around the process, so that a test can give another one. */
export interface Cli {
  readonly terminal: Terminal;
  readonly colors: Colors;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was called. */
  readonly cwd: string;
  /** The name of the person at the keyboard. */
  readonly osUser: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Waits; ends early, without an error, when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly exitWith: (code: ExitCode) => void;
}

/**
 * ExitCode: 0 done; 1 the server refused, or the run failed or was stopped; 2 the command was not understood; 130 a person
 * left a view with Ctrl-C before it was known how the run ends.
 */
export type ExitCode = 0 | 1 | 2 | 130;
