/** Recorded is one thing that was asked of the rows, and the answer. */
export interface Recorded {
  readonly call: string;
  readonly args: readonly unknown[];
  readonly answer: unknown;
  /** The transaction that it belongs to. */
  readonly transaction?: object;
}

/** Recorder is told of everything that is asked, in its order. */
export type Recorder = (recorded: Recorded) => void;

/** NO_RECORDER keeps nothing. */
export const NO_RECORDER: Recorder = () => undefined;
