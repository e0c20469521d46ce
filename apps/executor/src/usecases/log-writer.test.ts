import type { StepIdentity } from '@maestro/domain';
import { waitUntil } from '@maestro/testing';
import type { LogStore, StoredLogChunk } from '../ports/log-store.js';
import { AttemptLog } from './attempt-log.js';
import { LogWriter } from './log-writer.js';

const OF: StepIdentity = { workflowId: 'wf', instanceId: 1n, runId: 1n, stepId: 's', attempt: 1 };

function setUp(options: { readonly maxBufferedBytes?: number; readonly failures?: number } = {}) {
  const batches: (readonly StoredLogChunk[])[] = [];
  let failures = options.failures ?? 0;
  const store = {
    append: (chunks: readonly StoredLogChunk[]) => {
      batches.push(chunks);
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  } as LogStore;
  const { maxBufferedBytes } = options;
  const writer = new LogWriter({
    store,
    failed: () => undefined,
    flushMs: 5,
    ...(maxBufferedBytes === undefined ? {} : { maxBufferedBytes }),
  });
  const log = (of = OF, limits = { maxBytes: 1_000, tailBytes: 0 }): AttemptLog =>
    new AttemptLog({ of, ...limits, now: () => 5, store: (chunk, isEnd) => writer.add(chunk, isEnd) });
  return { batches, writer, log };
}

const text = (chunks: readonly StoredLogChunk[] | undefined): string =>
  (chunks ?? []).map(({ data }) => new TextDecoder().decode(data)).join('');

it('what is written shortly after each other is stored at once, a stream in one piece', async () => {
  const { batches, log } = setUp();
  const attempt = log();
  for (const piece of ['a', 'b', 'c']) attempt.write('stdout', piece);
  attempt.write('stderr', 'd');
  attempt.close();
  await waitUntil(() => batches.length > 0);
  expect(batches[0]?.map(({ stream, data, last }) => [stream, data.length, last])).toEqual([
    ['stdout', 3, false],
    ['stderr', 1, false],
    ['system', 0, true],
  ]);
});

it('pieces are numbered upwards from the time of the first', async () => {
  const { batches, log, writer } = setUp();
  const attempt = log();
  attempt.write('stdout', 'a');
  attempt.write('stderr', 'b');
  await writer.flush();
  expect(batches[0]?.map(({ sequence }) => sequence)).toEqual([5_001, 5_002]);
});

it('what the store refused is tried again as it was, before what came later', async () => {
  const { batches, log, writer } = setUp({ failures: 1 });
  const attempt = log();
  attempt.write('stdout', 'first');
  await writer.flush();
  attempt.write('stdout', 'second');
  await writer.close();
  expect(batches.map(text)).toEqual(['first', 'first', 'second']);
});

it('a log is cut rather than memory filled while the store is away, but its end is kept', async () => {
  const { batches, log, writer } = setUp({ maxBufferedBytes: 1_000 });
  const attempt = log();
  attempt.write('stdout', 'x'.repeat(250));
  attempt.write('stderr', 'y'.repeat(250));
  attempt.close();
  await writer.flush();
  expect(batches[0]?.map(({ data, last, truncated }) => [data.length, last, truncated])).toEqual([
    [250, false, false],
    [74, false, true],
    [0, true, false],
  ]);
});

it('an attempt alone may take half of the buffer', async () => {
  const { batches, log, writer } = setUp({ maxBufferedBytes: 100_000 });
  const attempt = log(OF, { maxBytes: 1_000_000, tailBytes: 0 });
  for (let count = 0; count < 10; count += 1) attempt.write('stdout', 'x'.repeat(9_800));
  await writer.flush();
  expect(text(batches[0])).toHaveLength(5 * 9_800);
});

it('attempts that flood their logs leave room for the others', async () => {
  const { batches, log, writer } = setUp({ maxBufferedBytes: 16_000 });
  const floods = ['a', 'b', 'c'].map((stepId) => log({ ...OF, stepId }));
  const quiet = log({ ...OF, stepId: 'quiet' });
  for (let count = 0; count < 100; count += 1) for (const flood of floods) flood.write('stdout', 'x'.repeat(9));
  quiet.write('stdout', 'here I am');
  await writer.flush();
  const stored = (stepId: string) => text(batches[0]?.filter(({ of }) => of.stepId === stepId));
  for (const flood of ['a', 'b', 'c']) expect(stored(flood).length).toBeLessThan(300);
  expect(stored('quiet')).toBe('here I am');
});

it('the end of a log that came faster than it could be stored is kept all the same', async () => {
  const { batches, log, writer } = setUp({ maxBufferedBytes: 100 });
  const attempt = log(OF, { maxBytes: 8_000, tailBytes: 4_000 });
  for (let line = 0; line < 2_000; line += 1) attempt.write('stdout', `line ${line}\n`);
  attempt.write('stderr', 'the reason\n');
  attempt.close();
  await writer.flush();
  const stored = text(batches.flat());
  expect(stored).toContain('bytes are missing here');
  expect(stored).toContain('line 1999\nthe reason\n');
});
