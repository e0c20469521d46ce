import type { Change } from './change.js';

/** ChangeFeed reads the feed. */
export interface ChangeFeed {
  /** after is the changes behind a position, in order, at most `limit`. */
  after(sequence: bigint, limit: number): Promise<readonly Change[]>;
  last(): Promise<bigint>;
}

/** FeedGrowth tells that the feed has grown: by a commit of this process or of another replica. */
export interface FeedGrowth {
  /** mark stands for how far the feed is known to have grown now; take it before reading. */
  mark(): number;
  /** past resolves once the feed has grown since the mark, or when the signal aborts. */
  past(mark: number, signal: AbortSignal): Promise<void>;
}

/** FeedTeller is told after each commit that made the feed grow. It never fails. */
export interface FeedTeller {
  grew(sequence: bigint, workflowId: string): void;
}
