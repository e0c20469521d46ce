import type { StepIdentity } from '@maestro/domain';
import type { LogChunk, LogSignals, LogStore, LogStreamName } from '../ports/log-store.js';
import { readLog, type ReadLogRequest } from './read-log.js';

const OF: StepIdentity = { workflowId: 'wf', instanceId: 1n, runId: 1n, stepId: 's', attempt: 3 };

function setUp() {
  const chunks: LogChunk[] = [];
  const watchers = new Set<() => void>();
  const attempts: number[] = [];
  const store = {
    read: async (of: StepIdentity, after: number, limit: number) => {
      attempts.push(of.attempt);
      return chunks.filter(({ sequence }) => sequence > after).slice(0, limit);
    },
    readBack: async (_: StepIdentity, before: number, limit: number) =>
      chunks
        .filter(({ sequence }) => sequence < before)
        .reverse()
        .slice(0, limit),
    latestAttempt: async () => 3,
  } as unknown as LogStore;
  const signals: LogSignals = {
    watch: async (_, changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
  const append = (text: string, last = false, stream: LogStreamName = 'stdout'): void => {
    const data = new TextEncoder().encode(text);
    chunks.push({ sequence: chunks.length + 1, at: 1, stream, data, truncated: false, last });
    for (const wake of watchers) wake();
  };
  const aborter = new AbortController();
  const all = { of: OF, attempt: 0, offset: 0, after: 0, streams: [], tailLines: 0 };
  const read = (follow: boolean, more: Partial<ReadLogRequest> = {}) =>
    readLog({ store, signals, patienceMs: 20 }, { ...all, follow, ...more }, aborter.signal);
  return { append, attempts, read, watchers };
}

async function all(log: AsyncIterable<LogChunk>): Promise<string> {
  let text = '';
  for await (const { data } of log) text += new TextDecoder().decode(data);
  return text;
}

it('reads all pages of the latest attempt', async () => {
  const { append, attempts, read } = setUp();
  for (let count = 0; count < 450; count += 1) append('x');
  expect(await all(read(false))).toHaveLength(450);
  expect(new Set(attempts)).toEqual(new Set([3]));
});

it('skips the bytes that the reader has', async () => {
  const { append, read } = setUp();
  for (const text of ['abc', 'def', 'ghi']) append(text);
  expect(await all(read(false, { offset: 4 }))).toBe('efghi');
});

it('follows until the attempt has ended, and then watches no more', async () => {
  const { append, read, watchers } = setUp();
  append('begin ');
  const log = read(true);
  const first = await log.next();
  expect(first.value?.data).toEqual(new TextEncoder().encode('begin '));
  const rest = all(log);
  append('middle ');
  append('end');
  append('', true);
  expect(await rest).toBe('middle end');
  expect(watchers.size).toBe(0);
});

it('a log that never begins is not found, also when followed', async () => {
  await expect(all(setUp().read(false))).rejects.toMatchObject({ code: 'LOG_NOT_FOUND' });
  await expect(all(setUp().read(true))).rejects.toMatchObject({ code: 'LOG_NOT_FOUND' });
});

describe('the last lines', () => {
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');

  it.each([
    [1, 'line 300\n'],
    [3, lines(298, 300)],
    [299, lines(2, 300)],
    [300, lines(1, 300)],
    [1_000, lines(1, 300)],
  ])('%s of them, from many pieces', async (tailLines, text) => {
    const { append, read } = setUp();
    for (let count = 1; count <= 300; count += 1) {
      append(`line `);
      append(`${count}\n`);
    }
    append('', true);
    expect(await all(read(false, { tailLines }))).toBe(text);
    expect(await all(read(true, { tailLines }))).toBe(text);
  });

  it('from one piece, also when the last has no break', async () => {
    const { append, read } = setUp();
    append('a\nb\nc');
    expect(await all(read(false, { tailLines: 2 }))).toBe('b\nc');
  });

  it('and what follows', async () => {
    const { append, read } = setUp();
    append('a\nb\n');
    const log = read(true, { tailLines: 1 });
    expect(Buffer.from((await log.next()).value?.data ?? []).toString()).toBe('b\n');
    append('c\n', true);
    expect(await all(log)).toBe('c\n');
  });
});

it('reads only the streams that are asked for, and their last lines', async () => {
  const { append, read } = setUp();
  append('out 1\n');
  append('err 1\n', false, 'stderr');
  append('out 2\n');
  append('', true, 'system');
  expect(await all(read(true, { streams: ['stderr'] }))).toBe('err 1\n');
  expect(await all(read(true, { streams: ['stdout'], tailLines: 1 }))).toBe('out 2\n');
});

it('goes on behind the piece that the reader has, and says the end', async () => {
  const { append, read } = setUp();
  for (const text of ['a', 'b', 'c']) append(text);
  append('', true);
  const pieces: LogChunk[] = [];
  for await (const piece of read(true, { after: 2 })) pieces.push(piece);
  expect(pieces.map(({ sequence, last }) => [sequence, last])).toEqual([
    [3, false],
    [4, true],
  ]);
});
