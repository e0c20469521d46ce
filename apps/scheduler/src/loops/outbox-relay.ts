import { fromBinary } from '@bufbuild/protobuf';
import type { Millis } from '@maestro/domain';
import { TaskSchema } from '@maestro/proto/maestro/executor/v1/task';
import type { Publisher } from '../commit/commit-deps.js';
import { claimFirst, sentAgain } from '../commit/encode/claim-first.js';
import type { Outgoing } from '../commit/encode/outgoing.js';
import { RESEND_AFTER_MILLIS } from '../commit/outbox.js';
import type { OutboxStore } from '../ports/outbox-store.js';
import type { TaskQueue } from '../ports/task-queue.js';
import { CLOCK_MARGIN_MS, isQueuedLater } from './queued-later.js';

export interface RelayDeps {
  readonly store: Pick<OutboxStore, 'relayLapsed'>;
  readonly publisher: Publisher;
  readonly queue: TaskQueue;
  now(): Millis;
}

/**
 * relayOutbox sends what replicas that are gone had committed and not sent; the watch over dispatches would find it later. A replica that
 * only seems to be gone may have sent it as well, or do so now: nobody starts what is relayed without a claim. Of a task that was never
 * delivered the claim is granted at once; of a copy it is granted when nobody can be running the task itself.
 */
export async function relayOutbox(deps: RelayDeps): Promise<void> {
  const send = async (messages: readonly Outgoing[]): Promise<void> =>
    deps.publisher.publish(await relayed(deps, messages));
  let more = true;
  while (more) more = await deps.store.relayLapsed(send);
}

async function relayed(deps: RelayDeps, messages: readonly Outgoing[]): Promise<Outgoing[]> {
  const subjects = new Set(messages.filter(isTask).map(({ subject }) => subject));
  const seen = subjects.size === 0 ? undefined : await lookAt(deps, subjects);
  return messages.map((message) =>
    seen !== undefined && isTask(message) && !wasNeverDelivered(message, seen)
      ? claimFirst(message)
      : sentAgain(message),
  );
}

/** Seen is what the broker holds, and when it was asked. */
interface Seen {
  readonly at: Millis;
  readonly keptSince: Millis;
  /** Subject -> when its oldest task was stored. */
  readonly oldest: ReadonlyMap<string, Millis | undefined>;
}

async function lookAt({ queue, now }: RelayDeps, subjects: Iterable<string>): Promise<Seen> {
  const at = now();
  const oldest = new Map<string, Millis | undefined>();
  for (const subject of subjects) oldest.set(subject, await queue.oldest(subject));
  return { at, keptSince: await queue.keptSince(), oldest };
}

/**
 * Whoever gets the task itself from now on claims it, too; whoever got it before may run it, and then it is in the queue, unless the broker
 * has lost it since.
 */
function wasNeverDelivered({ subject, data }: Outgoing, { at, keptSince, oldest }: Seen): boolean {
  const dispatchedAt = Number(fromBinary(TaskSchema, data).dispatchedAt);
  if (dispatchedAt + RESEND_AFTER_MILLIS > at || keptSince + CLOCK_MARGIN_MS >= dispatchedAt) return false;
  return isQueuedLater(oldest.get(subject), dispatchedAt);
}

function isTask({ messageId }: Outgoing): boolean {
  return messageId !== '';
}
