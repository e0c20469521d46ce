/** Terminal is where a command reads from and writes to: the real one in main.ts, a recording one in tests. */
export interface Terminal {
  /** Writes what was asked for. */
  readonly out: (text: string) => void;
  /** Writes what a person should know besides: progress, errors, hints. */
  readonly err: (text: string) => void;
  /** Whether a person looks at `out`: then views may move and have colours. */
  readonly isTty: boolean;
  /** Whether a person can be asked something. */
  readonly canAsk: boolean;
  readonly columns: () => number;
  readonly rows: () => number;
  readonly ask: (question: string) => Promise<string>;
  readonly readStdin: () => Promise<string>;
  /** The standard input in pieces of text, as it comes in. */
  readonly stdin: () => AsyncIterable<string>;
  /** As `out`; resolves when there is room for more. */
  readonly write: (text: string) => Promise<void>;
  /** Calls back on Ctrl-C instead of ending the process; the returned function ends that. */
  readonly onInterrupt: (callback: () => void) => () => void;
}
