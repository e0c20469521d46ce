import type { AttemptKey, Json, Millis } from '@maestro/domain';

/** OutputData is what the code of an attempt put: definitions of params, and artifacts, by name. */
export interface OutputData {
  readonly params: Readonly<Record<string, Json>>;
  readonly artifacts: Readonly<Record<string, Json>>;
}

/** TokenState: no such token, its attempt has ended, or it is good. */
export type TokenState = 'unknown' | 'ended' | 'open';

/** OutputDataStore keeps tokens of attempts (their hashes alone) and outputs, for all executors together. */
export interface OutputDataStore {
  /** openToken makes a token good until the attempt ends; an attempt may have several. `waits`: for a call-back. */
  openToken(of: AttemptKey, hash: Uint8Array, waits: boolean, now: Millis): Promise<void>;
  /**
   * put changes the data of the attempt that the token belongs to; concurrent changes follow each other. The change may throw,
   * and then nothing is changed.
   */
  put(
    hash: Uint8Array,
    change: (before: OutputData) => OutputData,
    now: Millis,
  ): Promise<{ readonly state: Exclude<TokenState, 'open'> } | { readonly state: 'open'; readonly of: AttemptKey }>;
  /** end makes all tokens of the attempt useless and answers with its data; saying it again answers the same. */
  end(of: AttemptKey, now: Millis): Promise<OutputData | undefined>;
  /** forget removes the data of an attempt that has ended. */
  forget(of: AttemptKey): Promise<void>;
  /** deleteBefore removes what is older, at most so much, and says how much it was. */
  deleteBefore(at: Millis, limit: number): Promise<number>;
}
