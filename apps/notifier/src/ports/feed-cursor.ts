/** FeedCursor is how far definition's change feed was read. */
export interface FeedCursor {
  position(): Promise<bigint>;
  /** Goes forward only. */
  move(position: bigint): Promise<void>;
}
