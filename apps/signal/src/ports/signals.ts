import type { SignalInstance } from '@maestro/domain';
import type { Page, PageAsk } from '@maestro/service';

/** Signals reads what was announced. */
export interface Signals {
  /** An instance by number, or the latest when no number is given. */
  find(name: string, seqId?: bigint): Promise<SignalInstance | undefined>;
  /** The number of the latest instance; 0 when the name was never announced. */
  lastSeq(name: string): Promise<bigint>;
  /** Newest first, keyed by number. */
  list(name: string, ask: PageAsk): Promise<Page<SignalInstance>>;
}
