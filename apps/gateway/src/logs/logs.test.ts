import { MaestroError } from '@maestro/domain';
import { LogStream } from '@maestro/proto/maestro/executor/v1/executor_service';
import { StepStatus } from '@maestro/proto/maestro/types/v1/instance';
import { instance, step } from '../testing/messages.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { StampedText } from './stamped-text.js';

const LOG = '/workflows/w/instances/7/runs/1/steps/a/attempts/1/log';
const EVENTS = `${LOG}/events`;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

const { STDOUT, STDERR } = LogStream;
const piece = (sequence: number, text: string, more: object = {}) => ({
  stream: STDOUT,
  data: Buffer.from(text),
  time: BigInt(Date.UTC(2026, 0, 1) + sequence),
  sequence: BigInt(sequence),
  ...more,
});
const last = (sequence: number) => ({ ...piece(sequence, ''), stream: LogStream.SYSTEM, last: true });

const events = (text: string): { event: string; id: string; data: unknown }[] =>
  text
    .trim()
    .split('\n\n')
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
      id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as unknown,
    }));

/** A call that goes on in silence until it is told to end. */
const silence = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new MaestroError('TIMED_OUT', 'left'))));

describe('as text', () => {
  it('is there byte by byte', async () => {
    gateway.serve({
      async *readLog() {
        yield { data: Buffer.from('naïve '.slice(0, 3)) };
        yield { data: Buffer.from('text\n'), truncated: true };
        yield last(3);
      },
    });
    const answer = await gateway.send('GET', `${LOG}?offset=12`);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.text).toBe('naïtext\n');
    expect(gateway.calls[0]?.request).toMatchObject({ stepId: 'a', attempt: 1, follow: false, offset: 12n });
  });

  it('of the latest attempt is that of one attempt, which is asked for first', async () => {
    gateway.serve({
      getStep: async () => ({ step: { ...step, stepAttemptId: 3, workflowRunId: 2n } }),
      async *readLog() {
        yield piece(1, 'third');
      },
    });
    const answer = await gateway.send(
      'GET',
      LOG.replace('runs/1', 'runs/latest').replace('attempts/1', 'attempts/latest'),
    );
    expect(answer.text).toBe('third');
    expect(gateway.calls[1]?.request).toMatchObject({ attempt: 3, workflowRunId: 2n });
  });

  it('of some streams, the last lines, with times', async () => {
    gateway.serve({
      async *readLog() {
        yield piece(1, 'one\ntwo');
        yield piece(2, 'oops\n', { stream: STDERR });
      },
    });
    const { text } = await gateway.send('GET', `${LOG}?stream=stdout,stderr&tail=10&timestamps=true`);
    expect(text).toBe('2026-01-01T00:00:00.001Z one\n2026-01-01T00:00:00.001Z two\n2026-01-01T00:00:00.002Z oops\n');
    expect(gateway.calls[0]?.request).toMatchObject({ streams: [STDOUT, STDERR], tailLines: 10 });
  });

  it('that does not exist is 404', async () => {
    gateway.serve({
      async *readLog() {
        throw new MaestroError('LOG_NOT_FOUND', 'no log');
        yield {};
      },
    });
    expect((await gateway.send('GET', LOG)).status).toBe(404);
  });

  it('of a silent attempt is opened all the same', async () => {
    gateway.serve({
      async *readLog(_, { signal }) {
        await silence(signal);
        yield {};
      },
    });
    const leave = new AbortController();
    const response = await gateway.open(`${LOG}?follow=true`, leave.signal);
    expect(response.status).toBe(200);
    leave.abort();
  });

  it.each(['tail=x', 'tail=99999999', 'tail=5&offset=5', 'stream=stdin', 'timestamps=maybe'])(
    'refuses %s',
    async (query) => {
      gateway.serve({});
      expect((await gateway.send('GET', `${LOG}?${query}`)).status).toBe(400);
    },
  );
});

describe('as events', () => {
  it('gives pieces with their numbers, and the end', async () => {
    gateway.serve({
      async *readLog() {
        yield piece(1, 'a\n');
        yield piece(2, 'cut', { stream: STDERR, truncated: true });
        yield last(3);
      },
    });
    const answer = await gateway.send('GET', EVENTS);
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const time = Date.UTC(2026, 0, 1);
    expect(events(answer.text)).toEqual([
      { event: 'log', id: '1', data: { stream: 'stdout', time: time + 1, text: 'a\n' } },
      { event: 'log', id: '2', data: { stream: 'stderr', time: time + 2, text: 'cut', truncated: true } },
      { event: 'end', id: '3', data: { complete: true } },
    ]);
  });

  it('goes on behind the last event that the client has seen', async () => {
    gateway.serve({
      async *readLog() {
        yield last(9);
      },
    });
    await gateway.send('GET', `${EVENTS}?tail=3`, { headers: { 'last-event-id': '7' } });
    expect(gateway.calls[0]?.request).toMatchObject({ afterSequence: 7n, tailLines: 0, follow: true });
    const refused = await gateway.send('GET', EVENTS, { headers: { 'last-event-id': 'x' } });
    expect(refused.status).toBe(400);
  });

  it('goes on behind its last piece when the executor that serves it goes away', async () => {
    let reads = 0;
    gateway.serve({
      async *readLog({ afterSequence }) {
        reads += 1;
        if (reads === 2) yield piece(Number(afterSequence) + 1, 'b');
        if (reads === 2) yield last(3);
        else yield piece(1, 'a');
        if (reads === 1) throw new MaestroError('UNAVAILABLE', 'killed');
      },
      async *watchInstance(_, { signal }) {
        yield { instance, steps: [step] };
        await silence(signal);
      },
    });
    const { text } = await gateway.send('GET', `${EVENTS}?tail=5`);
    expect(events(text).map(({ event, id }) => [event, id])).toEqual([
      ['log', '1'],
      ['log', '2'],
      ['end', '3'],
    ]);
    const asked = gateway.calls.filter(({ method }) => method === 'readLog').map(({ request }) => request);
    expect(asked).toMatchObject([
      { afterSequence: 0n, tailLines: 5 },
      { afterSequence: 1n, tailLines: 0 },
    ]);
  });

  it('learns the end from the scheduler when the executor died without a word', async () => {
    gateway.serve({
      async *readLog({ follow }, { signal }) {
        if (!follow) yield piece(2, 'stored late');
        else yield piece(1, 'begin');
        if (follow) await silence(signal);
      },
      async *watchInstance() {
        yield { instance, steps: [step] };
        yield { steps: [{ ...step, runtimeState: { status: StepStatus.PLATFORM_FAILED } }] };
      },
    });
    const { text } = await gateway.send('GET', EVENTS);
    expect(events(text).map(({ event, data }) => [event, data])).toEqual([
      ['log', expect.objectContaining({ text: 'begin' })],
      ['log', expect.objectContaining({ text: 'stored late' })],
      ['end', { complete: false, status: 'PLATFORM_FAILED' }],
    ]);
  });

  it('waits for a log that has not begun, and says so when the attempt ends without one', async () => {
    gateway.serve({
      async *readLog() {
        throw new MaestroError('LOG_NOT_FOUND', 'wrote nothing');
        yield {};
      },
      async *watchInstance() {
        yield { instance, steps: [{ ...step, runtimeState: { status: StepStatus.SUCCEEDED } }] };
      },
    });
    const { text } = await gateway.send('GET', EVENTS);
    expect(events(text).at(-1)).toMatchObject({ event: 'error', data: { code: 'LOG_NOT_FOUND' } });
  });

  it('a later attempt, or the end of the run, ends it too', async () => {
    for (const steps of [[{ ...step, stepAttemptId: 2 }], []]) {
      gateway.serve({
        async *readLog({ follow }, { signal }) {
          yield piece(1, 'a');
          if (follow) await silence(signal);
        },
        async *watchInstance() {
          yield { instance, steps };
        },
      });
      const { text } = await gateway.send('GET', EVENTS);
      expect(events(text).at(-1)).toMatchObject({ event: 'end', data: { complete: false } });
    }
  }, 30_000);
});

it('times stand where lines begin, whatever the pieces', () => {
  const text = new StampedText(true);
  const say = (stream: number, said: string): string => text.add({ stream, data: Buffer.from(said), time: 0n });
  const stamp = '1970-01-01T00:00:00.000Z ';
  expect(say(1, 'a')).toBe(`${stamp}a`);
  expect(say(1, 'b\n')).toBe('b\n');
  expect(say(1, 'c\n\nd')).toBe(`${stamp}c\n${stamp}\n${stamp}d`);
  expect(say(2, 'e\n')).toBe(`\n${stamp}e\n`);
  expect(say(1, '')).toBe('');
});
