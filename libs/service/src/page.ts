/** PageAsk is where a page begins and how long it is. Items are keyed by a number and sorted newest first. */
export interface PageAsk {
  readonly size: number;
  /** `older`: keys below the cursor, `newer`: keys above it. */
  readonly direction: 'older' | 'newer';
  /** Absent: from the newest. */
  readonly cursor?: bigint;
}

/** Page is the items of one page, newest first, and what lies on either side. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Key of the oldest item, when there are older ones. */
  readonly older?: bigint;
  /** Key of the newest item, when there are newer ones. */
  readonly newer?: bigint;
  readonly totalCount: bigint;
}
