import { MaestroError } from '@maestro/domain';
import { StepStatus, WorkflowInstanceStatus } from '@maestro/proto/maestro/types/v1/instance';
import { waitUntil } from '@maestro/testing';
import { containing } from '../testing/matchers.js';
import { instance, step } from '../testing/messages.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

const RUN = '/workflows/w/instances/7/runs/1';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

/** A source that gives one piece and then nothing until it is told to end. */
function held<T>(first: T): { source(signal: AbortSignal): AsyncIterable<T>; cancelled: boolean } {
  const state = {
    cancelled: false,
    async *source(signal: AbortSignal): AsyncIterable<T> {
      yield first;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      state.cancelled = true;
    },
  };
  return state;
}

const events = (text: string): { event: string; data: unknown }[] =>
  text
    .trim()
    .split('\n\n')
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
      data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as unknown,
    }));

describe('watching a run', () => {
  it('gives the whole run, then changes, then the end', async () => {
    gateway.serve({
      async *watchInstance() {
        yield { instance, steps: [step] };
        yield { steps: [{ ...step, runtimeState: { status: StepStatus.SUCCEEDED } }] };
        yield { instance: { ...instance, status: WorkflowInstanceStatus.SUCCEEDED } };
      },
    });
    const answer = await gateway.send('GET', `${RUN}/events`, { headers: { 'last-event-id': '41' } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(events(answer.text)).toEqual([
      {
        event: 'run',
        data: {
          instance: containing({ status: 'IN_PROGRESS' }),
          steps: [containing({ step_id: 'a', runtime_state: { status: 'RUNNING' } })],
        },
      },
      { event: 'run', data: { steps: [containing({ runtime_state: { status: 'SUCCEEDED' } })] } },
      { event: 'run', data: { instance: containing({ status: 'SUCCEEDED' }), steps: [] } },
      { event: 'end', data: { status: 'SUCCEEDED' } },
    ]);
  });

  it('answers an unknown run with its status code, not with a stream', async () => {
    gateway.serve({
      async *watchInstance() {
        throw new MaestroError('INSTANCE_NOT_FOUND', 'no such run');
        yield {};
      },
    });
    const { status, json } = await gateway.send('GET', `${RUN}/events`);
    expect([status, json['code']]).toEqual([404, 'INSTANCE_NOT_FOUND']);
  });

  it('tells when the stream broke, so that the client connects again', async () => {
    gateway.serve({
      async *watchInstance() {
        yield { instance, steps: [] };
        throw new MaestroError('UNAVAILABLE', 'the replica stops');
      },
    });
    const { text } = await gateway.send('GET', `${RUN}/events`);
    expect(events(text).at(-1)).toEqual({ event: 'error', data: containing({ code: 'UNAVAILABLE' }) });
  });

  it('stops watching when the client goes away', async () => {
    const source = held({ instance, steps: [] });
    gateway.serve({ watchInstance: (_, { signal }) => source.source(signal) });
    const leave = new AbortController();
    const response = await gateway.open(`${RUN}/events`, leave.signal);
    expect(response.status).toBe(200);
    leave.abort();
    await waitUntil(() => source.cancelled);
  });

  it('ends when the gateway drains, so that nothing holds it up', async () => {
    const source = held({ instance, steps: [] });
    gateway.serve({ watchInstance: (_, { signal }) => source.source(signal) });
    const response = await gateway.open(`${RUN}/events`);
    const text = response.text();
    await gateway.stopGateway();
    expect(events(await text).map(({ event }) => event)).toEqual(['run', 'error']);
    await waitUntil(() => source.cancelled);
  });
});

it('a request that is being answered when the gateway drains gets its whole answer', async () => {
  const answered = deferred();
  const arrived = new Promise<void>((seen) => {
    gateway.serve({
      getTimeline: async (_, { signal }) => {
        seen();
        await Promise.race([answered.promise, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        return { workflowId: 'w', timelineEvents: [{ log: 'x'.repeat(500_000), timestamp: 1n }] };
      },
    });
  });
  const answer = gateway.send('GET', '/workflows/w/timeline');
  await arrived;
  const stopped = gateway.stopGateway();
  await waitUntil(() =>
    fetch(gateway.url).then(
      () => false,
      () => true,
    ),
  );
  answered.resolve();
  expect((await answer).text.length).toBeGreaterThan(500_000);
  await stopped;
});

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
