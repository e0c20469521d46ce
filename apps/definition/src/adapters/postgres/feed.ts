import type { Statement } from '@maestro/postgres';

/** FEED_CHANNEL is where Postgres tells all replicas that the feed has grown. */
export const FEED_CHANNEL = 'maestro_definition_feed';

/**
 * takeSequence takes the next number of the feed and holds its lock until the commit: whoever comes later commits later,
 * so a reader never sees a number before a smaller one. It belongs at the end of a transaction, where the lock is short.
 */
export function takeSequence(): Statement<{ readonly last_sequence: bigint }> {
  const text = 'update feed set last_sequence = last_sequence + 1 where singleton returning last_sequence';
  return { name: 'take-sequence', text };
}

export function selectLastSequence(): Statement<{ readonly last_sequence: bigint }> {
  return { name: 'select-last-sequence', text: 'select last_sequence from feed where singleton' };
}

/** notifyGrowth tells all replicas at commit. */
export function notifyGrowth(): Statement {
  return { name: 'notify-growth', text: `select pg_notify('${FEED_CHANNEL}', '')` };
}
