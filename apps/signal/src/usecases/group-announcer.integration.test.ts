import { waitUntil } from '@maestro/testing';
import { relayOnce } from '../loops/relay-outbox.js';
import { announcementOf, signalFixture, signalProcess, type SignalFixture } from '../testing/signal-fixture.js';
import { findSignal } from './find-signal.js';

let service: SignalFixture;

beforeAll(async () => {
  service = await signalFixture();
});
afterAll(() => service.stop());
beforeEach(() => {
  service.publisher.away = false;
});

const relay = () =>
  relayOnce({
    outbox: service.outbox,
    publisher: service.publisher,
    takePublished: () => service.announcer.takePublished(),
    everyMs: 0,
    olderThanMs: 0,
    onError: (error) => {
      throw error;
    },
  });

test('an announcement is numbered from 1, stored as it was given, and published', async () => {
  const params = { day: 20210101n, region: 'eu' };
  const payload = { rows: 9007199254740993n, ratio: 0.5, nested: { b: [true, null], a: '' } };
  const { signal, duplicate } = await service.announcer.announce(
    announcementOf('first', { params, payload, requestTime: 5, announcedBy: 'ada' }),
  );
  expect(duplicate).toBe(false);
  expect(signal).toMatchObject({ name: 'first', seqId: 1n, params, payload, requestTime: 5 });
  expect(await findSignal(service.signals, 'first', 1n)).toEqual(signal);
  expect(await findSignal(service.signals, 'first', 0n)).toEqual(signal);
  await waitUntil(() => service.publisher.heard('first').length === 1);
  expect(service.publisher.events.at(-1)).toEqual({ signal, announcedBy: 'ada', tenant: 'default' });
});

test('the same name and params in any order are one instance, whatever the payload', async () => {
  const first = await service.announcer.announce(announcementOf('same', { params: { a: 1n, b: 'x' } }));
  const again = await service.announcer.announce(
    announcementOf('same', { params: { b: 'x', a: 1n }, payload: { c: 1n } }),
  );
  expect(again).toEqual({ signal: first.signal, duplicate: true });
  const text = await service.announcer.announce(announcementOf('same', { params: { a: '1', b: 'x' } }));
  expect(text).toMatchObject({ duplicate: false, signal: { seqId: 2n } });
});

test('a request id makes an announcement of its own, once', async () => {
  const ask = { params: { a: 1n }, requestId: 'r-1' };
  await service.announcer.announce(announcementOf('asked', { params: { a: 1n } }));
  const first = await service.announcer.announce(announcementOf('asked', ask));
  expect(first).toMatchObject({ duplicate: false, signal: { seqId: 2n, instanceId: 'r-1' } });
  expect(await service.announcer.announce(announcementOf('asked', ask))).toEqual({ ...first, duplicate: true });
});

test('announcements in flight share commits, numbers are dense, and repeats among them are folded', async () => {
  const before = service.batches.length;
  const asks = Array.from({ length: 500 }, (_, index) =>
    announcementOf(`crowd-${index % 5}`, { params: { n: BigInt(Math.floor(index / 10)) } }),
  );
  const answers = await Promise.all(asks.map((ask) => service.announcer.announce(ask)));
  expect(service.batches.length - before).toBeLessThanOrEqual(3);
  for (let name = 0; name < 5; name += 1) {
    const own = answers.filter(({ signal }) => signal.name === `crowd-${name}`);
    const numbers = own.filter(({ duplicate }) => !duplicate).map(({ signal }) => signal.seqId);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => BigInt(index + 1)));
    expect(own).toHaveLength(100);
    expect(await service.signals.lastSeq(`crowd-${name}`)).toBe(50n);
  }
});

test('two processes that announce the same names at once leave no gap and no repeat', async () => {
  const other = await signalProcess(service.url);
  const ask = (index: number) => announcementOf(`shared-${index % 3}`, { params: { n: BigInt(index) } });
  const indexes = Array.from({ length: 120 }, (_, index) => index);
  const both = indexes.flatMap((index) => [service, other].map(({ announcer }) => announcer.announce(ask(index))));
  const answers = await Promise.all(both);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(120);
  for (let name = 0; name < 3; name += 1) {
    const numbers = answers.filter(({ signal, duplicate }) => !duplicate && signal.name === `shared-${name}`);
    const sorted = numbers.map(({ signal }) => Number(signal.seqId)).sort((left, right) => left - right);
    expect(sorted).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  }
  await other.stop();
});

test('what was committed and not published is published by a later round, once', async () => {
  service.publisher.away = true;
  await service.announcer.announce(announcementOf('lost'));
  expect(service.publisher.heard('lost')).toEqual([]);
  await relay();
  expect(service.publisher.heard('lost')).toEqual([]);
  service.publisher.away = false;
  await relay();
  await relay();
  expect(service.publisher.heard('lost')).toEqual([1n]);
});

test('what was published leaves the outbox and is not published again', async () => {
  await service.announcer.announce(announcementOf('once'));
  await waitUntil(() => service.publisher.heard('once').length === 1);
  await relay();
  await relay();
  expect(service.publisher.heard('once')).toEqual([1n]);
});

test('a number that does not exist names the latest; a name that was never announced says so', async () => {
  await service.announcer.announce(announcementOf('known'));
  await expect(findSignal(service.signals, 'known', 7n)).rejects.toThrow('its latest is 1');
  await expect(findSignal(service.signals, 'unknown', 0n)).rejects.toMatchObject({ code: 'SIGNAL_NOT_FOUND' });
});
