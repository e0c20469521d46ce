import type { StepIdentity } from '@maestro/domain';
import fc from 'fast-check';
import type { StoredLogChunk } from '../ports/log-store.js';
import { AttemptLog } from './attempt-log.js';
import { logLimits } from './log-limits.js';

const OF: StepIdentity = { workflowId: 'wf', instanceId: 1n, runId: 1n, stepId: 's', attempt: 1 };

function setUp(maxBytes: number, tailBytes: number) {
  const chunks: StoredLogChunk[] = [];
  const state = { room: true };
  const store = (chunk: StoredLogChunk): boolean => {
    if (state.room || chunk.last) chunks.push(chunk);
    return state.room;
  };
  const log = new AttemptLog({ of: OF, maxBytes, tailBytes, now: () => 5, store });
  const textOf = (all: readonly StoredLogChunk[]): string =>
    Buffer.concat(all.map(({ data }) => Buffer.from(data))).toString();
  const said = (): string => textOf(chunks.filter(({ stream }) => stream !== 'system'));
  return { chunks, log, said, state, text: () => textOf(chunks) };
}

it('a log within its limit is stored as it comes, and ends with a mark', () => {
  const { chunks, log } = setUp(10, 4);
  log.write('stdout', 'abc');
  log.write('stderr', 'def');
  log.close();
  expect(chunks.map(({ sequence, stream, truncated, last }) => [sequence, stream, truncated, last])).toEqual([
    [5_001, 'stdout', false, false],
    [5_002, 'stderr', false, false],
    [5_003, 'system', false, true],
  ]);
});

it('of one beyond its limit the beginning comes at once and the end at the end, with marks between', () => {
  const { chunks, log, text } = setUp(10, 4);
  for (const piece of ['abc', 'def', 'ghi', 'jkl', 'mno']) log.write('stdout', piece);
  expect(text()).toBe(
    'abcdef\n[this log has reached its limit of 10 bytes: what follows is left out, and of it the last 4 bytes are shown ' +
      'when the attempt has ended]\n',
  );
  log.close();
  expect(text().endsWith('shown when the attempt has ended]\n\n[8 bytes were left out here]\no')).toBe(true);
  expect(chunks.filter(({ truncated }) => truncated)).toHaveLength(2);
});

it('what is left out between beginning and end is counted', () => {
  const { log, said, text } = setUp(8_000, 4_000);
  for (let line = 0; line < 1_000; line += 1) log.write('stdout', `line ${String(line).padStart(4, '0')}\n`);
  log.close();
  const left = Number(/\[(\d+) bytes were left out here\]/.exec(text())?.[1]);
  expect(said().length + left).toBe(10_000);
  expect(said().startsWith('line 0000\n')).toBe(true);
  expect(said().endsWith('line 0999\n')).toBe(true);
  expect(said().length).toBeLessThanOrEqual(8_000);
});

it('a piece without room leaves a gap that is told, also at the end', () => {
  const { chunks, log, state, text } = setUp(1_000, 0);
  log.write('stdout', 'one\n');
  state.room = false;
  log.write('stdout', 'lost\n');
  state.room = true;
  log.write('stdout', 'two\n');
  expect(text()).toBe('one\n\n[5 bytes are missing here: they came faster than they could be stored]\ntwo\n');
  state.room = false;
  log.write('stdout', 'lost');
  log.close();
  expect(chunks.at(-1)).toMatchObject({ last: true, truncated: true });
});

it('a mark without room is said as soon as there is some', () => {
  const { log, state, text } = setUp(10, 4);
  log.write('stdout', 'one\n');
  state.room = false;
  log.write('stdout', 'lost and more than the limit\n');
  expect(text()).toBe('one\n');
  state.room = true;
  log.close();
  expect(text()).toMatch(
    /^one\n\n\[2 bytes are missing here: .*\]\n\n\[this log has reached its limit of 10 bytes: .*\]\n.*\n\[\d+ bytes were left out here\]\n/s,
  );
});

it('no piece ends within a character, and broken ones come out at the end', () => {
  const { chunks, log, said } = setUp(1_000, 0);
  const bytes = Buffer.from('naïve 🙂');
  for (const byte of bytes) log.write('stdout', Uint8Array.of(byte));
  expect(said()).toBe('naïve 🙂');
  for (const { data } of chunks) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(data)).not.toThrow();
  log.write('stderr', Uint8Array.of(0xf0, 0x9f));
  log.close();
  expect([...(chunks.at(-2)?.data ?? [])]).toEqual([0xf0, 0x9f]);
});

it('whatever is written, what is kept is bounded, and is the beginning and the end', () => {
  const pieces = fc.array(fc.stringMatching(/^[a-z\n]{0,300}$/), { maxLength: 60 });
  fc.assert(
    fc.property(pieces, fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 2_000 }), (all, head, tail) => {
      const { log, said, text } = setUp(head + tail, tail);
      for (const piece of all) log.write('stdout', piece);
      log.close();
      const whole = all.join('');
      const left = Number(/\[(\d+) bytes were left out here\]/.exec(text())?.[1] ?? 0);
      expect(said().length + left).toBe(whole.length);
      expect(said()).toBe(whole.slice(0, head) + whole.slice(head + left));
      // The end may be as large as its largest piece: it is not cut apart.
      expect(said().length).toBeLessThanOrEqual(head + Math.max(tail, 300));
    }),
  );
});

it('the ends of all logs together are bounded', () => {
  expect(logLimits(1024 * 1024, 16)).toEqual({ maxBytes: 1_048_576, tailBytes: 262_144 });
  expect(logLimits(1024 ** 3, 10_000).tailBytes * 10_000).toBeLessThanOrEqual(64 * 1024 * 1024);
  expect(logLimits(2_000, 16).tailBytes).toBe(500);
});
