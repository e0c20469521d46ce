import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { contextOf, traceparentOf } from '@maestro/telemetry';
import { type CallContext } from './call-context.js';
import { createClient } from './client/create-client.js';
import { deferred } from './fixtures/deferred.js';
import { EchoService, SayResponseSchema } from './fixtures/echo_pb.js';
import { collect, startEcho, type RunningEcho } from './fixtures/echo-server.js';

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('what a call passes on', () => {
  let inner: RunningEcho;
  let outer: RunningEcho;
  let seen: CallContext | undefined;
  let slow = false;

  beforeAll(async () => {
    inner = await startEcho({
      say: async ({ text }, context) => {
        seen = context;
        if (slow) await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
        return create(SayResponseSchema, { text });
      },
    });
    outer = await startEcho({
      say: async (request) => {
        await inner.client.say({ text: request.text });
        return { text: 'done' };
      },
      async *count() {
        yield { number: (await inner.client.say({ text: 'from a stream' })).text.length };
      },
    });
  });
  beforeEach(() => {
    seen = undefined;
    slow = false;
  });
  afterAll(async () => {
    await outer.stop();
    await inner.stop();
  });

  it('is the remaining time: an inner call ends no later than the outer one', async () => {
    await outer.client.say({ text: 'x' }, { timeoutMs: 2_000 });
    // Far below the 10 s that a call without a caller has; counted from now, because a busy machine begins the call late.
    expect(seen?.deadline).toBeLessThanOrEqual(Date.now() + 2_000);
  });

  it('is the caller, from stream handlers too', async () => {
    await outer.client.say({ text: 'x' }, { caller: 'alice' });
    expect(seen?.caller).toBe('alice');
    await collect(outer.client.count({ until: 1 }, { caller: 'bob' }));
    expect(seen?.caller).toBe('bob');
  });

  it('is the trace, even when nothing is recorded here', async () => {
    await outer.client.say({ text: 'x' }, { metadata: { traceparent: PARENT } });
    expect(traceparentOf(seen?.trace ?? contextOf(undefined))).toBe(PARENT);
  });

  it('is the cancellation', async () => {
    slow = true;
    const cancel = new AbortController();
    const call = outer.client.say({ text: 'x' }, { signal: cancel.signal });
    while (seen === undefined) await new Promise((resolve) => setImmediate(resolve));
    const innerAborted = new Promise((resolve) => seen?.signal.addEventListener('abort', resolve));
    cancel.abort(new Error('changed my mind'));
    await expect(call).rejects.toThrow('changed my mind');
    await innerAborted;
  });

  it('is nothing for a detached call', async () => {
    const detaching = await startEcho({
      say: async () => inner.client.say({ text: 'x' }, { detached: true, timeoutMs: 5_000 }),
    });
    const before = Date.now();
    await detaching.client.say({ text: 'x' }, { timeoutMs: 700 });
    expect(seen?.deadline).toBeGreaterThan(before + 4_000);
    await detaching.stop();
  });

  it('names the client itself when nobody is behind it', async () => {
    await inner.client.say({ text: 'x' });
    expect(seen?.caller).toBe('test');
    await createClient(EchoService, inner.channel).say({ text: 'x' });
    expect(seen?.caller).toBeUndefined();
  });
});

describe('deadlines', () => {
  it('end a call that takes too long as TIMED_OUT on both sides', async () => {
    const { promise: reason, resolve } = deferred<unknown>();
    const echo = await startEcho({
      say: (_request, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            resolve(signal.reason);
            reject(signal.reason as Error);
          });
        }),
    });
    await expect(echo.client.say({ text: 'x' }, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
    expect(await reason).toMatchObject({ code: 'TIMED_OUT' });
    await echo.stop();
  });

  it('are set by the server for a caller that names none', async () => {
    const echo = await startEcho({ say: () => new Promise(() => undefined) }, { defaultDeadlineMs: 20 });
    const call = echo.client.say({ text: 'x' }, { timeoutMs: Infinity });
    await expect(call).rejects.toMatchObject({ code: 'TIMED_OUT', message: expect.stringContaining('Say') as string });
    await echo.stop();
  });

  it('refuse a call for which no time is left, before anything is sent', async () => {
    const echo = await startEcho();
    const call = echo.client.say({ text: 'x' }, { timeoutMs: 0 });
    await expect(call).rejects.toEqual(expect.any(MaestroError));
    await expect(call).rejects.toMatchObject({ code: 'TIMED_OUT' });
    await echo.stop();
  });
});
