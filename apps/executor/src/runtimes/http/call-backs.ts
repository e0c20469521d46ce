import type { AttemptKey } from '@maestro/domain';
import type { OutputDocument } from '../output-document.js';
import type { RuntimeOutcome } from '../runtime.js';

/** ToldResult is what an attempt was told by a call-back. */
export interface ToldResult extends OutputDocument {
  readonly state: Exclude<RuntimeOutcome, 'STOPPED' | 'TIMED_OUT' | 'PUT_BACK'>;
  readonly message?: string;
}

/** CallBacks lets attempts be called back, on whatever executor they wait. */
export interface CallBacks {
  /** told is what the attempt has been told already. */
  told(of: AttemptKey): Promise<ToldResult | undefined>;
  /** open makes a URL that takes one call-back for the attempt, and is its proof. */
  open(of: AttemptKey): Promise<string>;
  /** wait resolves with what the attempt is told; rejects when the signal aborts. */
  wait(of: AttemptKey, signal: AbortSignal): Promise<ToldResult>;
  /** close refuses call-backs from now on. */
  close(of: AttemptKey): Promise<void>;
}
