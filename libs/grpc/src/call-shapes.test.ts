import { getEventListeners } from 'node:events';
import { MaestroError } from '@maestro/domain';
import { openDuplex } from './client/duplex.js';
import { deferred } from './fixtures/deferred.js';
import { EchoService } from './fixtures/echo_pb.js';
import { collect, startEcho, streamOf, type RunningEcho } from './fixtures/echo-server.js';
import { bindService } from './server/handlers.js';

describe('the four shapes of a call', () => {
  let echo: RunningEcho;
  beforeAll(async () => {
    echo = await startEcho();
  });
  afterAll(() => echo.stop());

  it('answers one request with one message', async () => {
    expect((await echo.client.say({ text: 'hello' })).text).toBe('hello');
  });

  it('answers one request with a stream', async () => {
    const numbers = await collect(echo.client.count({ until: 1_000 }));
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 1_000 }, (_, i) => i + 1));
  });

  it('answers a stream with one message, with exact 64-bit integers', async () => {
    const { total } = await echo.client.sum(streamOf({ number: 9_007_199_254_740_992n }, { number: 1n }));
    expect(total).toBe(9_007_199_254_740_993n);
  });

  it('answers a stream with a stream, also after the caller said its last word', async () => {
    const answers = await collect(echo.client.chat(streamOf({ text: 'a' }, { text: 'b' })));
    expect(answers.map(({ text }) => text)).toEqual(['re: a', 're: b']);
  });

  it('fails a call whose source of requests fails, with the error of the source', async () => {
    async function* broken(): AsyncGenerator<{ number: bigint }> {
      yield { number: 1n };
      throw new Error('source broke');
    }
    await expect(echo.client.sum(broken())).rejects.toThrow('source broke');
  });

  it('leaves no listener on a signal that outlives its calls', async () => {
    const { signal } = new AbortController();
    for (let i = 0; i < 20; i += 1) await echo.client.say({ text: 'x' }, { signal });
    await collect(echo.client.count({ until: 2 }, { signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('refuses at start to serve a service that lacks a handler', () => {
    const none = {} as Parameters<typeof bindService<typeof EchoService>>[1];
    expect(() => bindService(EchoService, none)).toThrow(/EchoService has no handler for say/);
  });
});

describe('a reader that stops', () => {
  it('cancels the call, and the handler is told', async () => {
    const { promise: aborted, resolve } = deferred();
    const echo = await startEcho({
      async *count(_request, { signal }) {
        signal.addEventListener('abort', () => resolve());
        for (let number = 1; ; number += 1) yield { number };
      },
    });
    for await (const { number } of echo.client.count({ until: 0 })) if (number === 3) break;
    await aborted;
    await echo.stop();
  });

  it('holds the writer back while it does not read', async () => {
    let written = 0;
    const text = 'x'.repeat(10_000);
    const echo = await startEcho({
      async *chat() {
        for (; ; written += 1) yield { text };
      },
    });
    const duplex = openDuplex(EchoService.method.chat, echo.channel);
    const messages = duplex.messages[Symbol.asyncIterator]();
    await messages.next();
    let before = -1;
    // The writer must come to rest by itself: when nothing was written during a whole turn of timers, it waits for us.
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(written).toBeLessThan(1_000);
    duplex.cancel();
    await messages.next().catch(() => undefined);
    await echo.stop();
  });
});

describe('a call that the server ends early', () => {
  it.each(['sum', 'chat'] as const)('closes the source of requests: %s', async (method) => {
    const refuse = new MaestroError('CONFLICT', 'enough');
    const echo = await startEcho({
      sum: () => Promise.reject(refuse),
      async *chat() {
        yield { text: 'one' };
        throw refuse;
      },
    });
    const closed = deferred();
    async function* endless<T>(item: T): AsyncGenerator<T> {
      try {
        for (;;) {
          // Gives way, so that a busy machine gets to the answer at all.
          await new Promise(setImmediate);
          yield item;
        }
      } finally {
        closed.resolve();
      }
    }
    const call =
      method === 'sum'
        ? echo.client.sum(endless({ number: 1n }))
        : collect(echo.client.chat(endless({ text: 'x'.repeat(1_000) })));
    await expect(call).rejects.toMatchObject({ code: 'CONFLICT', message: 'enough' });
    await closed.promise;
    await echo.stop();
  });
});

describe('a duplex', () => {
  it('tells a late reader of an error that came before', async () => {
    const failed = deferred();
    const echo = await startEcho({
      async *chat(requests) {
        for await (const { text } of requests) if (text === 'fail') break;
        failed.resolve();
        throw new MaestroError('CONFLICT', 'too late');
      },
    });
    const duplex = openDuplex(EchoService.method.chat, echo.channel);
    duplex.write({ text: 'fail' });
    await failed.promise;
    // By the time another call was answered, the error is here too.
    await echo.client.say({ text: 'x' });
    await echo.client.say({ text: 'x' });
    await expect(collect(duplex.messages)).rejects.toMatchObject({ code: 'CONFLICT' });
    await echo.stop();
  });

  it('tells its writer to wait while the peer does not read, and goes on when it does', async () => {
    const { promise: readNow, resolve: read } = deferred();
    const echo = await startEcho({
      async *chat(requests) {
        await readNow;
        let count = 0;
        for await (const request of requests) count += request.text.length > 0 ? 1 : 0;
        yield { text: String(count) };
      },
    });
    const duplex = openDuplex(EchoService.method.chat, echo.channel);
    let sent = 0;
    const text = 'x'.repeat(10_000);
    do sent += 1;
    while (duplex.write({ text }));
    expect(sent).toBeLessThan(1_000);
    const room = duplex.drained();
    read();
    await room;
    duplex.end();
    expect(await collect(duplex.messages)).toMatchObject([{ text: String(sent) }]);
    await echo.stop();
  });
});
