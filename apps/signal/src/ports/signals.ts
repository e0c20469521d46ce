import type { Millis, SignalInstance, SignalMatches } from '@maestro/domain';
import type { Page, PageAsk } from '@maestro/service';

/** SignalFilter chooses instances: by comparisons of their params, and by when they were announced: in [since, until). */
export interface SignalFilter {
  readonly matchParams: SignalMatches;
  readonly since?: Millis | undefined;
  readonly until?: Millis | undefined;
}

/** Signals reads what was announced. */
export interface Signals {
  /** An instance by number, or the latest when no number is given. */
  find(name: string, seqId?: bigint): Promise<SignalInstance | undefined>;
  /** The number of the latest instance; 0 when the name was never announced. */
  lastSeq(name: string): Promise<bigint>;
  /** Newest first, keyed by number. */
  list(name: string, ask: PageAsk, filter: SignalFilter): Promise<Page<SignalInstance>>;
  /** Names in their order. */
  names(ask: {
    readonly prefix: string;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly { readonly name: string; readonly lastSeq: bigint }[]>;
}
