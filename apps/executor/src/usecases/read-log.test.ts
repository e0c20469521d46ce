import type { StepIdentity } from '@maestro/domain';
import type { LogChunk, LogSignals, LogStore } from '../ports/log-store.js';
import { readLog } from './read-log.js';

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
    latestAttempt: async () => 3,
  } as unknown as LogStore;
  const signals: LogSignals = {
    watch: async (_, changed) => {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
  };
  const append = (text: string, last = false): void => {
    const data = new TextEncoder().encode(text);
    chunks.push({ sequence: chunks.length + 1, at: 1, stream: 'stdout', data, truncated: false, last });
    for (const wake of watchers) wake();
  };
  const aborter = new AbortController();
  const read = (follow: boolean, offset = 0) =>
    readLog({ store, signals, patienceMs: 20 }, { of: OF, attempt: 0, follow, offset }, aborter.signal);
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
  expect(await all(read(false, 4))).toBe('efghi');
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
