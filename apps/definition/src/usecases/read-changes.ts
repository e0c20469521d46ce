import type { Change } from '../ports/change.js';
import type { ChangeFeed, FeedGrowth } from '../ports/change-feed.js';

/** Changes of one message: enough to be quick, few enough to stay far below the size limit of a message. */
const BATCH = 500;

export interface ReadChangesDeps {
  readonly feed: ChangeFeed;
  readonly growth: FeedGrowth;
}

/** readChanges gives the changes behind a position in commit order; with `follow` it waits for more until the signal aborts. */
export async function* readChanges(
  { feed, growth }: ReadChangesDeps,
  ask: { readonly after: bigint; readonly follow: boolean },
  signal: AbortSignal,
): AsyncGenerator<readonly Change[]> {
  let cursor = ask.after;
  while (!signal.aborted) {
    // Taken before the read, so that what commits during the read is not waited for.
    const mark = growth.mark();
    const changes = await feed.after(cursor, BATCH);
    const last = changes.at(-1);
    if (last !== undefined) {
      yield changes;
      cursor = last.sequence;
    } else if (ask.follow) {
      await growth.past(mark, signal);
    } else {
      return;
    }
  }
}
