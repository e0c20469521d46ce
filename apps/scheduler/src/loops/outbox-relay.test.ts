import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { TaskSchema, type Task } from '@maestro/proto/maestro/executor/v1/task';
import type { Outgoing } from '../commit/encode/outgoing.js';
import { RESEND_AFTER_MILLIS } from '../commit/outbox.js';
import { relayOutbox } from './outbox-relay.js';
import { CLOCK_MARGIN_MS } from './queued-later.js';

const DISPATCHED = 1_000_000;
const LATER = DISPATCHED + RESEND_AFTER_MILLIS;
const place = { runKey: 7n, ordinal: 0, attempt: 1, dispatch: 1 };

function task(subject = 'tasks.echo'): Outgoing {
  const fields = { ...place, dispatchedAt: BigInt(DISPATCHED), fastStartMillis: 5_000n };
  return { ...place, subject, messageId: '7-0-1-task-1', data: toBinary(TaskSchema, create(TaskSchema, fields)) };
}

interface Broker {
  readonly at?: number;
  readonly oldest?: Readonly<Record<string, number>>;
  readonly keptSince?: number;
}

/** What is sent of lapsed messages when the broker stands so. */
async function relay(
  messages: readonly Outgoing[],
  { at = LATER, oldest = {}, keptSince = 0 }: Broker = {},
): Promise<Outgoing[]> {
  const sent: Outgoing[] = [];
  await relayOutbox({
    store: {
      relayLapsed: async (send) => {
        await send(messages as never);
        return false;
      },
    },
    publisher: { publish: async (batch) => void sent.push(...batch) },
    queue: { oldest: async (subject) => oldest[subject], keptSince: async () => keptSince },
    now: () => at,
  });
  return sent;
}

async function relayedTask(broker?: Broker): Promise<Task> {
  const [sent] = await relay([task()], broker);
  return fromBinary(TaskSchema, sent?.data ?? new Uint8Array());
}

describe('the relay', () => {
  it('sends anew what was never delivered; it is fresh to nobody', async () => {
    expect(await relayedTask()).toMatchObject({ ...place, copy: false, fastStartMillis: -3_600_000n });
  });

  it('knows by what was stored later that a task is not in the queue', async () => {
    expect(await relayedTask({ oldest: { 'tasks.echo': DISPATCHED + CLOCK_MARGIN_MS + 1 } })).toMatchObject({
      copy: false,
    });
  });

  it.each<[string, Broker]>([
    ['may be in the queue', { oldest: { 'tasks.echo': DISPATCHED + CLOCK_MARGIN_MS } }],
    ['was sent so lately that whoever gets it now may begin', { at: LATER - 1 }],
    ['may have been delivered before the broker lost what it had', { keptSince: DISPATCHED - CLOCK_MARGIN_MS }],
    ['may have been delivered by a broker that keeps nothing now', { keptSince: Infinity }],
  ])('sends a copy of a task that %s', async (_, broker) => {
    expect(await relayedTask(broker)).toMatchObject({ ...place, copy: true, fastStartMillis: -3_600_000n });
  });

  it('looks at the queue of each task, and leaves cancels as they are', async () => {
    const cancel = { ...task(), messageId: '', data: new Uint8Array([1]) };
    const sent = await relay([task('tasks.a'), cancel, task('tasks.b')], { oldest: { 'tasks.a': DISPATCHED } });
    expect(sent[1]).toBe(cancel);
    expect([sent[0], sent[2]].map((one) => fromBinary(TaskSchema, one?.data ?? new Uint8Array()).copy)).toEqual([
      true,
      false,
    ]);
  });
});
