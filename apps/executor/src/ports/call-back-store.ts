import type { AttemptKey, Millis } from '@maestro/domain';

/** CallBackProof shows that a call-back comes from whom the attempt asked. */
export interface CallBackProof {
  /** fits says whether one of the attempt's tokens (their hashes) proves it. */
  fits(hash: Uint8Array): boolean;
}

/** CallBackVerdict is what became of a call-back. */
export type CallBackVerdict = 'accepted' | 'repeated' | 'contradicts' | 'forged' | 'ended' | 'not-waiting';

/** CallBackStore keeps what attempts were told that wait for it, for all executors together. */
export interface CallBackStore {
  /** accept stores the first body for an attempt and wakes whoever waits for it. */
  accept(of: AttemptKey, proof: CallBackProof, body: Uint8Array, now: Millis): Promise<CallBackVerdict>;
  /** read is what the attempt was told, if anything. */
  read(of: AttemptKey): Promise<Uint8Array | undefined>;
  /** watch calls back when the attempt may have been told something (perhaps too often). Returns its end. */
  watch(of: AttemptKey, changed: () => void): Promise<() => void>;
}
