import type { Statement } from '@maestro/postgres';

export function selectPosition(): Statement<{ readonly position: bigint }> {
  return { name: 'select-feed-position', text: 'select position from feed_cursor' };
}

/** movePosition goes forward only: of two replicas that read the feed, the slower one changes nothing. */
export function movePosition(position: bigint): Statement {
  const text = 'update feed_cursor set position = $1 where position < $1';
  return { name: 'move-feed-position', text, values: [position] };
}
