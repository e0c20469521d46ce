import type { Announced, AnnouncedBatch, Announcement, SignalKey } from '../ports/announcement.js';
import type { Announcements } from '../ports/announcements.js';
import { announcementOf, RecordingPublisher } from '../testing/signal-fixture.js';
import { GroupAnnouncer } from './group-announcer.js';

class DataError extends Error {}

/** A store that keeps batches; it refuses what holds "poison" and everything while away. */
class FakeAnnouncements implements Announcements {
  readonly batches: string[][] = [];
  readonly removed: SignalKey[] = [];
  away = false;
  private seq = 0n;

  announce(batch: readonly Announcement[], published: readonly SignalKey[]): Promise<AnnouncedBatch> {
    if (this.away) return Promise.reject(new Error('away'));
    if (batch.some(({ name }) => name === 'poison')) return Promise.reject(new DataError('poison'));
    this.batches.push(batch.map(({ name }) => name));
    this.removed.push(...published);
    const answers = batch.map((each) => ({ signal: this.stored(each), duplicate: false }));
    return Promise.resolve({ answers, matched: [], fired: 0 });
  }

  private stored({ name, instanceId, params }: Announcement): Announced['signal'] {
    this.seq += 1n;
    return { name, instanceId, params, payload: {}, seqId: this.seq, createTime: 1 };
  }
}

function announcerOn(announcements: Announcements): GroupAnnouncer {
  return new GroupAnnouncer({
    announcements,
    publisher: new RecordingPublisher(),
    isDataError: (error) => error instanceof DataError,
    onPublishError: () => undefined,
  });
}

test('what is announced together is committed together; what comes meanwhile is the next batch', async () => {
  const store = new FakeAnnouncements();
  const announcer = announcerOn(store);
  const first = [announcer.announce(announcementOf('a')), announcer.announce(announcementOf('b'))];
  await first[0];
  await Promise.all([...first, announcer.announce(announcementOf('c'))]);
  expect(store.batches).toEqual([['a', 'b'], ['c']]);
});

test('a batch holds at most 300', async () => {
  const store = new FakeAnnouncements();
  const announcer = announcerOn(store);
  await Promise.all(Array.from({ length: 700 }, (_, index) => announcer.announce(announcementOf(`n${index}`))));
  expect(store.batches.map(({ length }) => length)).toEqual([300, 300, 100]);
});

test('one announcement that Postgres refuses does not fail the others of its batch', async () => {
  const announcer = announcerOn(new FakeAnnouncements());
  const [good, bad, other] = ['good', 'poison', 'other'].map((name) => announcer.announce(announcementOf(name)));
  await expect(bad).rejects.toBeInstanceOf(DataError);
  expect((await good)?.signal.name).toBe('good');
  expect((await other)?.signal.name).toBe('other');
});

test('when the store is away all fail, and what is published still leaves the outbox later', async () => {
  const store = new FakeAnnouncements();
  const announcer = announcerOn(store);
  const { signal } = await announcer.announce(announcementOf('first'));
  store.away = true;
  await expect(announcer.announce(announcementOf('second'))).rejects.toThrow('away');
  store.away = false;
  await announcer.announce(announcementOf('third'));
  expect(store.removed).toEqual([{ name: 'first', seqId: signal.seqId }]);
});
