import { groupBy } from '../ports/group-by.js';
import type { SchedulerLink } from '../ports/scheduler-link.js';
import type { MatchedWait, Waits } from '../ports/waits.js';

/** So many in one request, so that it stays a small message. */
const BATCH = 200;

export interface DeliveryDeps {
  readonly waits: Pick<Waits, 'delivered'>;
  readonly scheduler: SchedulerLink;
}

/**
 * deliverMatches tells schedulers of matches: the replica that opened the wait, or any other when that one is gone. What is not heard stays
 * undelivered and is told again by the relay loop. Answers how many were heard.
 */
export async function deliverMatches(
  { waits, scheduler }: DeliveryDeps,
  matches: readonly MatchedWait[],
): Promise<number> {
  const heard = await Promise.all(
    [...groupBy(matches, ({ replicaId }) => replicaId)].flatMap(([replica, group]) =>
      chunks(group).map((chunk) => tell(scheduler, replica, chunk)),
    ),
  );
  const all = heard.flat();
  if (all.length > 0) await waits.delivered(all);
  return all.length;
}

async function tell(
  scheduler: SchedulerLink,
  replica: string,
  matches: readonly MatchedWait[],
): Promise<readonly MatchedWait[]> {
  const heard = await scheduler.tell(replica, matches);
  return heard.length > 0 ? heard : scheduler.tell(undefined, matches);
}

function chunks(matches: readonly MatchedWait[]): readonly (readonly MatchedWait[])[] {
  const count = Math.ceil(matches.length / BATCH);
  return Array.from({ length: count }, (_, at) => matches.slice(at * BATCH, (at + 1) * BATCH));
}
