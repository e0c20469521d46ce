import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@maestro/domain';
import { httpSettings } from '../../testing/http-settings.js';
import { artifactsOf, outputsOf, RecordingContext, taskWith } from '../../testing/runtime-context.js';
import type { RuntimeOutcome, RuntimeResult } from '../runtime.js';
import type { HttpPolicy } from '@maestro/outbound';
import { POLICY_SETTINGS } from '../../compose-http.js';
import { http } from './http.js';

let server: Server;
let port: number;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
const seen: IncomingMessage[] = [];
const context = new RecordingContext();

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen.length = 0;
  handle = (_, response) => response.end('pong');
});

const LOCAL: HttpPolicy = {
  allowedHosts: ['service.test', 'other.test'],
  allowPrivate: true,
  resolve: () => Promise.resolve(['127.0.0.1']),
  settings: POLICY_SETTINGS,
};

function call(request: JsonObject, policy: HttpPolicy = LOCAL, params: JsonObject = {}): Promise<RuntimeResult> {
  const task = taskWith('Http', { http: { url: `http://service.test:${port}/`, ...request }, ...params });
  return http(httpSettings(policy)).start(task, context);
}

function expectFailure(result: RuntimeResult, outcome: RuntimeOutcome, text: string): void {
  expect(result.outcome).toBe(outcome);
  expect(result.message).toContain(text);
}

it('an answer becomes outputs and the artifact maestro_http', async () => {
  const result = await call({ headers: { Authorization: 'Bearer hush', Accept: 'text/plain' } });
  expect(result.outcome).toBe('DONE');
  expect(outputsOf(result)).toEqual({
    status_code: { type: 'LONG', value: 200n },
    response_body: { type: 'STRING', value: 'pong' },
  });
  const url = `http://service.test:${port}/`;
  expect(artifactsOf(result)).toMatchObject({
    maestro_http: {
      type: 'HTTP',
      request: { url, method: 'GET', headers: { Authorization: '***', Accept: 'text/plain' } },
      status: 'SUCCESS',
      status_code: 200n,
      body: 'pong',
    },
  });
});

it('method, headers, body and the idempotency key are sent', async () => {
  const bodies: string[] = [];
  handle = (request, response) => {
    request.on('data', (data: Buffer) => bodies.push(data.toString()));
    request.on('end', () => response.end());
  };
  await call({ method: 'put', headers: { 'X-Team': 'data' }, body: '{"a":1}' });
  expect(seen[0]?.method).toBe('PUT');
  expect(seen[0]?.headers).toMatchObject({
    'x-team': 'data',
    'idempotency-key': '77-0-1',
    host: `service.test:${port}`,
  });
  expect(bodies).toEqual(['{"a":1}']);
});

it.each([
  [204, 'DONE'],
  [404, 'FATAL_ERROR'],
  [503, 'USER_ERROR'],
  [304, 'USER_ERROR'],
])('status %s is %s', async (status, outcome) => {
  handle = (_, response) => response.writeHead(status).end();
  expect((await call({})).outcome).toBe(outcome);
});

describe('after an error of the network', () => {
  const breaksOnce = (): void => {
    handle = (request, response) => (seen.length === 1 ? request.socket.destroy() : void response.end('pong'));
  };

  it('a request that does no more when it is repeated is made again, with the same key', async () => {
    for (const request of [{ method: 'GET' }, { method: 'POST', headers: { 'Idempotency-Key': 'mine' } }]) {
      seen.length = 0;
      breaksOnce();
      expect((await call(request)).outcome).toBe('DONE');
      expect(seen).toHaveLength(2);
      expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    }
  });

  it('any other is not, since it may have been seen: a platform error', async () => {
    breaksOnce();
    expect((await call({ method: 'POST' })).outcome).toBe('PLATFORM_ERROR');
    expect(seen).toHaveLength(1);
  });

  it('one that nobody can have seen is made again, whatever its method, as often as the step says', async () => {
    let asked = 0;
    const resolve = (): Promise<string[]> => {
      asked += 1;
      if (asked === 3) return Promise.resolve(['127.0.0.1']);
      return Promise.reject(Object.assign(new Error('try again'), { code: 'EAI_AGAIN' }));
    };
    expect((await call({ method: 'POST' }, { ...LOCAL, resolve })).outcome).toBe('DONE');
    expect(context.text('system')).toContain('POST failed: try again; it is tried again in 10 ms');
    asked = 0;
    const few = await call({ method: 'POST', retries: 1n }, { ...LOCAL, resolve });
    expectFailure(few, 'PLATFORM_ERROR', 'try again');
  });

  it('an answer that does not end in time is one', async () => {
    handle = (_, response) => void response.write('pon');
    expectFailure(await call({ timeout_secs: 1n, retries: 0n }), 'PLATFORM_ERROR', 'longer than 1 s');
  });
});

describe('auth', () => {
  it.each([
    [{ bearer: 'hush-hush' }, 'authorization', 'Bearer hush-hush'],
    [{ username: 'me', password: 'hush-hush' }, 'authorization', `Basic ${btoa('me:hush-hush')}`],
    [{ header: 'X-Team', value: 'hush-hush' }, 'x-team', 'hush-hush'],
  ])('%j is sent as %s, and is nowhere else, even when the server says it', async (auth, header, value) => {
    handle = (request, response) => response.end(`you said ${request.headers[header] as string}`);
    const result = await call({ auth });
    expect(seen[0]?.headers[header]).toBe(value);
    const shown = Buffer.concat([
      result.artifactsJson ?? new Uint8Array(),
      result.outputParamsJson ?? new Uint8Array(),
    ]).toString();
    expect(shown).toContain('***');
    expect(shown).not.toContain('hush-hush');
    expect(shown).not.toContain(btoa('me:hush-hush'));
  });

  it('is not carried to another origin', async () => {
    handle = (request, response) => {
      if (request.url === '/') response.writeHead(307, { location: `http://other.test:${port}/there` }).end();
      else response.end('there');
    };
    await call({ auth: { header: 'X-Team', value: 'hush-hush' }, headers: { 'X-Api-Key': 'k', 'X-Other': 'o' } });
    expect(seen[1]?.headers).toMatchObject({ 'x-other': 'o' });
    expect(seen[1]?.headers['x-team']).toBeUndefined();
    expect(seen[1]?.headers['x-api-key']).toBeUndefined();
  });

  it('that is incomplete, like limits out of range, fails the step for good', async () => {
    expectFailure(await call({ auth: { username: 'me' } }), 'FATAL_ERROR', '{ bearer }');
    expectFailure(await call({ auth: 'Bearer x' }), 'FATAL_ERROR', 'must be a MAP');
    expectFailure(await call({ retries: 99n }), 'FATAL_ERROR', '0 to 20');
    expectFailure(await call({ timeout_secs: 0n }), 'FATAL_ERROR', '1 to 3600');
    expect(seen).toHaveLength(0);
  });
});

it('an answer over 1 MiB is refused', async () => {
  handle = (_, response) => response.end('x'.repeat(1024 * 1024 + 1));
  expectFailure(await call({}), 'USER_ERROR', 'larger');
});

describe('a state_expr of the user', () => {
  it('sees the answer and the params of the step, and decides', async () => {
    const state_expr = "if (status_code == 200 && response_body == wanted) return 'DONE'; return 'PLATFORM_ERROR';";
    expect((await call({}, LOCAL, { state_expr, wanted: 'pong' })).outcome).toBe('DONE');
    expect((await call({}, LOCAL, { state_expr, wanted: 'ping' })).outcome).toBe('PLATFORM_ERROR');
  });

  it('makes an answer of 404 a success', async () => {
    handle = (_, response) => response.writeHead(404).end();
    const result = await call({}, LOCAL, {
      state_expr: "if (status_code == 404) return 'DONE'; return 'FATAL_ERROR';",
    });
    expect(result.outcome).toBe('DONE');
    expect(outputsOf(result)).toMatchObject({ status_code: { value: 404n } });
  });

  it('asks again while it says CONTINUE, with a key of its own for each request', async () => {
    handle = (_, response) => response.end(seen.length < 3 ? 'busy' : 'ready');
    const state_expr = "if (response_body == 'busy') return 'CONTINUE'; return 'DONE';";
    expect((await call({}, LOCAL, { state_expr })).outcome).toBe('DONE');
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['77-0-1', '77-0-1-1', '77-0-1-2']);
  });

  it('that fails, or names no state, fails the step for good and says where', async () => {
    expectFailure(await call({}, LOCAL, { state_expr: "return 1 - 'x';" }), 'FATAL_ERROR', 'line 1, column');
    expectFailure(await call({}, LOCAL, { state_expr: "return 'FINE';" }), 'FATAL_ERROR', '"FINE"');
    expectFailure(await call({}, LOCAL, { state_expr: 'return 7;' }), 'FATAL_ERROR', 'a LONG');
  });
});

it('an empty allow-list blocks everything and says what to set', async () => {
  const result = await call({}, { ...LOCAL, allowedHosts: [] });
  expectFailure(result, 'FATAL_ERROR', 'MAESTRO_EXECUTOR_HTTP_ALLOW ');
  expect(seen).toHaveLength(0);
});

it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fe80::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])(
  'a name that resolves to %s is refused, also beside a public address',
  async (address) => {
    const policy = { ...LOCAL, allowPrivate: false, resolve: () => Promise.resolve(['93.184.216.34', address]) };
    const result = await call({}, policy);
    expectFailure(result, 'FATAL_ERROR', 'ALLOW_PRIVATE');
    expect(seen).toHaveLength(0);
  },
);

it('an address written into the URL is looked at like a resolved one', async () => {
  const policy = { ...LOCAL, allowPrivate: false, allowedHosts: ['127.0.0.1', '::1'] };
  for (const url of [`http://127.0.0.1:${port}/`, `http://0x7f.1:${port}/`, `http://[::1]:${port}/`]) {
    expect((await call({ url }, policy)).outcome).toBe('FATAL_ERROR');
  }
  expect(seen).toHaveLength(0);
});

it.each(['file:///etc/passwd', 'ftp://service.test/', 'not a url'])('%s is refused', async (url) => {
  expect((await call({ url })).outcome).toBe('FATAL_ERROR');
});

it('the connection goes to the address that was checked, whatever the name says later', async () => {
  let asked = 0;
  const resolve = (): Promise<string[]> => Promise.resolve([(asked += 1) === 1 ? '127.0.0.1' : '203.0.113.9']);
  expect((await call({}, { ...LOCAL, resolve })).outcome).toBe('DONE');
  expect(asked).toBe(1);
});

describe('a redirect', () => {
  it('is followed when its target is allowed, without credentials to another origin', async () => {
    handle = (request, response) => {
      if (request.url === '/') response.writeHead(302, { location: `http://other.test:${port}/there` }).end();
      else response.end('there');
    };
    const result = await call({ headers: { Authorization: 'Bearer hush' } });
    expect(outputsOf(result)).toMatchObject({ response_body: { value: 'there' } });
    expect(seen[1]?.headers.authorization).toBeUndefined();
  });

  it('to a host that is not allowed is refused', async () => {
    handle = (_, response) => response.writeHead(302, { location: 'http://evil.test/' }).end();
    const result = await call({});
    expectFailure(result, 'FATAL_ERROR', 'evil.test');
  });

  it('without end is refused', async () => {
    handle = (_, response) => response.writeHead(307, { location: '/' }).end();
    expect((await call({})).outcome).toBe('FATAL_ERROR');
    expect(seen).toHaveLength(6);
  });
});

it('an abort ends a request that is not answered', async () => {
  const own = new RecordingContext();
  handle = () => own.abort();
  const task = taskWith('Http', { http: { url: `http://service.test:${port}/` } });
  await expect(http(httpSettings(LOCAL)).start(task, own)).resolves.toEqual({ outcome: 'STOPPED' });
});
