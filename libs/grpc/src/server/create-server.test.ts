import { MaestroError } from '@maestro/domain';
import { requestMetrics, startTelemetry, startTracing } from '@maestro/telemetry';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { deferred } from '../fixtures/deferred.js';
import { collect, startEcho, streamOf, type RunningEcho } from '../fixtures/echo-server.js';

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'OK',
    (error: unknown) => (error as MaestroError).code,
  );

describe('bounds', () => {
  it('refuse calls above the number in flight, with a hint when to retry, and take them again afterwards', async () => {
    const open = deferred();
    const started = deferred();
    const echo = await startEcho(
      {
        say: async ({ text }) => {
          started.resolve();
          await open.promise;
          return { text };
        },
      },
      { maxInFlight: 1 },
    );
    const first = echo.client.say({ text: 'first' });
    await started.promise;
    const refused = echo.client.say({ text: 'second' });
    await expect(refused).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 200 });
    open.resolve();
    expect((await first).text).toBe('first');
    expect((await echo.client.say({ text: 'third' })).text).toBe('third');
    await echo.stop();
  });

  it('count streams apart from calls', async () => {
    const open = deferred();
    const echo = await startEcho(
      {
        async *count() {
          yield { number: 1 };
          await open.promise;
        },
      },
      { maxStreams: 1, maxInFlight: 1 },
    );
    const first = echo.client.count({ until: 1 })[Symbol.asyncIterator]();
    await first.next();
    expect(await codeOf(collect(echo.client.count({ until: 1 })))).toBe('OVERLOADED');
    expect(await codeOf(echo.client.say({ text: 'x' }))).toBe('OK');
    open.resolve();
    await first.next();
    await echo.stop();
  });

  it('refuse a message above 4 MB in either direction', async () => {
    const echo = await startEcho({ say: () => Promise.resolve({ text: 'x'.repeat(5_000_000) }) });
    expect(await codeOf(echo.client.say({ text: 'x'.repeat(5_000_000) }))).toBe('REQUEST_TOO_LARGE');
    expect(await codeOf(echo.client.say({ text: 'x' }))).toBe('REQUEST_TOO_LARGE');
    await echo.stop();
  });
});

describe('validation', () => {
  let echo: RunningEcho;
  beforeAll(async () => {
    echo = await startEcho(
      {},
      {
        validate: (type, message) =>
          'text' in message && message.text === '' ? [{ path: `${type.name}.text`, message: 'must not be empty' }] : [],
      },
    );
  });
  afterAll(() => echo.stop());

  it('refuses a request with all that is wrong with it, before the handler sees it', async () => {
    await expect(echo.client.say({ text: '' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: 'The SayRequest is not valid: SayRequest.text: must not be empty',
      violations: [{ path: 'SayRequest.text', message: 'must not be empty' }],
    });
    expect(await codeOf(echo.client.say({ text: 'x' }))).toBe('OK');
  });

  it('holds for every message of a stream', async () => {
    const call = collect(echo.client.chat(streamOf({ text: 'a' }, { text: '' })));
    expect(await codeOf(call)).toBe('INVALID_REQUEST');
  });
});

describe('interceptors', () => {
  it('run in order around the handler and can refuse a call', async () => {
    const order: string[] = [];
    const echo = await startEcho(
      {
        say: ({ text }) => {
          order.push('handler');
          return Promise.resolve({ text });
        },
      },
      {
        interceptors: [
          async (context, next) => {
            order.push('outer in');
            if (context.caller === 'mallory') throw new MaestroError('PERMISSION_DENIED', 'not you');
            const answer = await next();
            order.push('outer out');
            return answer;
          },
          (_context, next) => {
            order.push('inner');
            return next();
          },
        ],
      },
    );
    await echo.client.say({ text: 'x' });
    expect(order).toEqual(['outer in', 'inner', 'handler', 'outer out']);
    expect(await codeOf(echo.client.say({ text: 'x' }, { caller: 'mallory' }))).toBe('PERMISSION_DENIED');
    await echo.stop();
  });

  it('measure every call by method and code', async () => {
    const telemetry = await startTelemetry({
      service: 's',
      version: '1',
      metricsHost: '127.0.0.1',
      metricsPort: 0,
      logLevel: 'silent',
      logFormat: 'json',
    });
    const failing = (): Promise<never> => Promise.reject(new MaestroError('CONFLICT', 'no'));
    const echo = await startEcho({ say: failing }, { metrics: requestMetrics(telemetry.meter, 'grpc') });
    await codeOf(echo.client.say({ text: 'x' }));
    const text = await (await fetch(`http://127.0.0.1:${String(telemetry.port)}/metrics`)).text();
    expect(text).toMatch(/grpc_errors_total\{service="maestro.grpctest.v1.EchoService",method="Say",code="CONFLICT"/);
    await echo.stop();
    await telemetry.stop();
  });

  it('trace a call as a child of its caller', async () => {
    const spans: ReadableSpan[] = [];
    const exporter = new InMemorySpanExporter();
    exporter.export = (batch, done) => {
      spans.push(...batch);
      done({ code: 0 });
    };
    const tracing = startTracing({ service: 's', version: '1', sampleRate: 0, exporter });
    const echo = await startEcho({}, { tracer: tracing.tracer });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await echo.client.say({ text: 'x' }, { metadata: { traceparent } });
    await echo.stop();
    await tracing.stop();
    expect(spans.map((span) => [span.name, span.parentSpanContext?.spanId])).toEqual([['Say', 'b7ad6b7169203331']]);
  });
});

describe('retries', () => {
  const flaky = (failures: number): { calls: () => number; say: () => Promise<{ text: string }> } => {
    let calls = 0;
    return {
      calls: () => calls,
      say: () => {
        calls += 1;
        if (calls <= failures) return Promise.reject(new MaestroError('UNAVAILABLE', 'not yet'));
        return Promise.resolve({ text: 'at last' });
      },
    };
  };

  it('send an idempotent call again until the service is back', async () => {
    const { say, calls } = flaky(2);
    const echo = await startEcho({ say }, {}, 'idempotent');
    expect((await echo.client.say({ text: 'x' })).text).toBe('at last');
    expect(calls()).toBe(3);
    await echo.stop();
  });

  it('are not made where they were not asked for, nor for other errors', async () => {
    const { say, calls } = flaky(1);
    const echo = await startEcho({ say }, {}, 'none');
    expect(await codeOf(echo.client.say({ text: 'x' }))).toBe('UNAVAILABLE');
    expect(calls()).toBe(1);
    await echo.stop();
    let conflicts = 0;
    const refuse = (): Promise<never> => {
      conflicts += 1;
      return Promise.reject(new MaestroError('CONFLICT', 'no'));
    };
    const refusing = await startEcho({ say: refuse }, {}, 'all');
    expect(await codeOf(refusing.client.say({ text: 'x' }))).toBe('CONFLICT');
    expect(conflicts).toBe(1);
    await refusing.stop();
  });
});

describe('drain', () => {
  it('lets calls in flight finish, takes no new ones, and reports NOT_SERVING meanwhile', async () => {
    const open = deferred();
    const started = deferred();
    const echo = await startEcho({
      say: async ({ text }) => {
        started.resolve();
        await open.promise;
        return { text };
      },
    });
    const inFlight = echo.client.say({ text: 'kept' });
    await started.promise;
    const drained = echo.server.drain(5_000);
    expect(await codeOf(echo.client.say({ text: 'late' }))).toBe('UNAVAILABLE');
    open.resolve();
    expect((await inFlight).text).toBe('kept');
    await drained;
    echo.channel.close();
  });

  it('ends watches with UNAVAILABLE at once, so that they reconnect elsewhere', async () => {
    const echo = await startEcho({
      async *count(_request, { signal }) {
        yield { number: 1 };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    const watch = echo.client.count({ until: 1 })[Symbol.asyncIterator]();
    await watch.next();
    const ended = codeOf(watch.next());
    await echo.server.drain(60_000);
    expect(await ended).toBe('UNAVAILABLE');
    echo.channel.close();
  });

  it('tells streams of both directions, and gives up what is left when the time is over', async () => {
    const told = deferred();
    const echo = await startEcho({
      async *chat(_requests, { draining }) {
        draining.addEventListener('abort', () => told.resolve());
        yield { text: 'open' };
        await new Promise(() => undefined);
      },
    });
    const never = async function* (): AsyncGenerator<{ text: string }> {
      await new Promise(() => undefined);
      yield { text: 'unreachable' };
    };
    const chat = echo.client.chat(never())[Symbol.asyncIterator]();
    await chat.next();
    const ended = codeOf(chat.next());
    const drained = echo.server.drain(20);
    await told.promise;
    await drained;
    expect(await ended).toBe('UNAVAILABLE');
    echo.channel.close();
  });
});
