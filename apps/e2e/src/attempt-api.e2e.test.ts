import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as bodyOf } from 'node:stream/consumers';
import { waitUntil } from '@maestro/testing';
import { connect } from '@nats-io/transport-node';
import { maestroCli } from './testing/cli.js';
import { Gate } from './testing/gate.js';
import { expectNothingLeft } from './testing/invariants.js';
import { shell, step, text } from './testing/runs.js';
import { System } from './testing/system.js';

interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly callback: string;
}

let system: System;
let server: Server;
let serverUrl: string;
let behave: (asked: Asked, tries: number) => number | 'break' = () => 202;
const asked: Asked[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const callback = String(request.headers['maestro-callback-url'] ?? '');
      const one = { path: request.url ?? '', headers: request.headers, body, callback };
      asked.push(one);
      const status = behave(one, asked.filter(({ path }) => path === one.path).length);
      if (status === 'break') request.socket.destroy();
      else response.writeHead(status).end('accepted');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  system = await System.start({
    MAESTRO_EXECUTOR_HTTP_ALLOW: '127.0.0.1',
    MAESTRO_EXECUTOR_HTTP_ALLOW_PRIVATE: 'true',
    MAESTRO_EXECUTOR_SLOTS: '2',
    E2E_TOKEN: 'hush-e2e-token',
    MAESTRO_EXECUTOR_SECRETS_ALLOW: '*:env/E2E_TOKEN',
  });
}, 120_000);
afterAll(async () => {
  server.close();
  await system.stop();
}, 60_000);
beforeEach(() => {
  asked.length = 0;
  behave = () => 202;
});

const ONCE = { retry_policy: { error_retry_limit: 0, platform_retry_limit: 0 } };
const job = (id: string, path: string, http: object = {}, more: object = {}): unknown =>
  step(id, 'Http', {
    params: {
      http: {
        type: 'MAP',
        value: {
          url: text(`${serverUrl}${path}`),
          method: text('POST'),
          callback: { type: 'BOOLEAN', value: true },
          body: text('{"call": "{{callback_url}}"}'),
          ...http,
        },
      },
      rows: { type: 'LONG', value: 0, mode: 'MUTABLE' },
    },
    ...ONCE,
    ...more,
  });

async function waiting(id: string): Promise<string> {
  await waitUntil(() => asked.some(({ path }) => path === `/${id}`), { timeoutMs: 20_000, describe: 'the request' });
  return asked.find(({ path }) => path === `/${id}`)?.callback ?? '';
}

/** A call-back, as anybody may send it. */
const post = (url: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });

describe('a step that waits for a call-back', () => {
  test('succeeds with the outputs that it is told, and takes no slot meanwhile', async () => {
    const ids = ['wait-1', 'wait-2', 'wait-3'];
    for (const id of ids) {
      await system.runs.pushSteps(id, [job('call', `/${id}`)]);
      await system.runs.start(id);
    }
    const urls = await Promise.all(ids.map(waiting));
    for (const url of urls) expect(url.startsWith(`${system.restUrl}/api/v3/callbacks/`)).toBe(true);
    expect(asked[0]?.body).toBe(JSON.stringify({ call: asked[0]?.callback }).replace(':', ': '));
    // Two slots, three that wait: a fourth runs all the same.
    await system.runs.pushSteps('beside', [shell('beside', 'true')]);
    expect((await system.runs.finish('beside')).status).toBe('SUCCEEDED');
    for (const url of urls) {
      const answer = await post(url, { params: { rows: 9007199254740 }, artifacts: { report: { rows: 1 } } });
      expect(await answer.json()).toEqual({ accepted: true, repeated: false });
    }
    for (const id of ids) {
      expect((await system.runs.ended(id)).status).toBe('SUCCEEDED');
      const { params, artifacts } = await system.runs.step(id, 'call');
      expect(params?.['rows']?.evaluated_result).toBe(9007199254740);
      expect(artifacts).toMatchObject({
        report: { rows: 1 },
        maestro_http: { status: 'SUCCESS', callback: { state: 'DONE' } },
      });
      expect(JSON.stringify(artifacts)).not.toContain('token=');
    }
  });

  test('fails as it is told, by signature, and says why', async () => {
    await system.runs.pushSteps('told', [job('call', '/told')]);
    await system.runs.start('told');
    const url = new URL(await waiting('told'));
    const body = JSON.stringify({ state: 'USER_ERROR', message: 'the table is empty' });
    const key = createHash('sha256')
      .update(url.searchParams.get('token') ?? '')
      .digest();
    const signature = createHmac('sha256', key).update(body).digest('hex');
    url.search = '';
    expect((await post(url.href, body, { 'maestro-signature': `sha256=${'0'.repeat(64)}` })).status).toBe(403);
    expect((await post(url.href, body, { 'maestro-signature': `sha256=${signature}` })).status).toBe(200);
    expect((await system.runs.ended('told')).status).toBe('FAILED');
    expect(JSON.stringify((await system.runs.step('told', 'call')).timeline)).toContain('the table is empty');
  });

  test('goes on waiting when its executor is killed, asks only once, and takes what came meanwhile', async () => {
    await system.runs.pushSteps('killed', [job('call', '/killed')]);
    await system.runs.start('killed');
    const url = await waiting('killed');
    await waitUntil(
      async () => JSON.stringify((await system.runs.step('killed', 'call')).artifacts ?? {}).includes('WAITING'),
      {
        timeoutMs: 20_000,
        describe: 'the scheduler knows that it waits',
      },
    );
    system.kill('executor');
    // Nobody is there to take it: the sender comes again, as senders do.
    await waitUntil(async () => (await post(url)).status === 200, {
      timeoutMs: 30_000,
      describe: 'the call-back is taken',
    });
    expect((await system.runs.ended('killed', 1, 60_000)).status).toBe('SUCCEEDED');
    expect(asked.filter(({ path }) => path === '/killed')).toHaveLength(1);
    expect((await system.runs.step('killed', 'call')).step_attempt_id).toBe(1);
  }, 120_000);

  test('ends at its timeout, and is deaf afterwards', async () => {
    await system.runs.pushSteps('late', [job('call', '/late', {}, { timeout: '2 seconds' })]);
    await system.runs.start('late');
    const url = await waiting('late');
    expect((await system.runs.ended('late')).status).toBe('TIMED_OUT');
    const answer = await post(url);
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([409, expect.stringContaining('too late')]);
  });

  test('ends when it is stopped', async () => {
    await system.runs.pushSteps('stopped', [job('call', '/stopped')]);
    await system.runs.start('stopped');
    const url = await waiting('stopped');
    await system.rest.succeed('PUT', '/workflows/stopped/instances/1/actions/stop');
    expect((await system.runs.ended('stopped')).status).toBe('STOPPED');
    expect((await post(url)).status).toBe(409);
  });

  test('refuses what is forged, contradicts, or is malformed, and answers a repeat as such', async () => {
    await system.runs.pushSteps('forged', [job('call', '/forged')]);
    await system.runs.start('forged');
    const url = await waiting('forged');
    const forged = await post(url.replace(/token=.*/, 'token=guessed'));
    expect([forged.status, JSON.stringify(await forged.json())]).toEqual([
      403,
      expect.stringContaining('proves nothing'),
    ]);
    expect((await post(url.replace(/callbacks\/[^?]*/, 'callbacks/1-0-1'))).status).toBe(403);
    expect((await post(url, { state: 'FINE' })).status).toBe(400);
    expect(await (await post(url, { state: 'DONE' })).json()).toEqual({ accepted: true, repeated: false });
    expect(await (await post(url, { state: 'DONE' })).json()).toEqual({ accepted: true, repeated: true });
    expect((await post(url, { state: 'FATAL_ERROR' })).status).toBe(409);
    expect((await system.runs.ended('forged')).status).toBe('SUCCEEDED');
  });

  test('asks once when its task is delivered twice', async () => {
    const nats = await connect({ servers: system.nats.url });
    const repeated: string[] = [];
    nats.subscribe('maestro.tasks.default.*', {
      callback: (_, { subject, data }) => {
        // Once: the repeat is heard too.
        if (repeated.push(subject) === 1) nats.publish(subject, data);
      },
    });
    await nats.flush();
    await system.runs.pushSteps('twice', [job('call', '/twice')]);
    await system.runs.start('twice');
    const url = await waiting('twice');
    await waitUntil(() => repeated.length === 2, { describe: 'the task is there again' });
    expect((await post(url)).status).toBe(200);
    expect((await system.runs.ended('twice')).status).toBe('SUCCEEDED');
    expect(asked.filter(({ path }) => path === '/twice')).toHaveLength(1);
    await nats.close();
  });

  test('is not begun when the request is refused', async () => {
    behave = () => 404;
    await system.runs.pushSteps('refused', [job('call', '/refused')]);
    expect((await system.runs.finish('refused')).status).toBe('FAILED');
  });
});

describe('an Http request', () => {
  const plain = { callback: { type: 'BOOLEAN', value: false } };

  test('is made again after an error of the network when a repeat does no harm, with the same key', async () => {
    behave = (_, tries) => (tries < 3 ? 'break' : 200);
    await system.runs.pushSteps('again', [job('call', '/again', { ...plain, method: text('PUT') })]);
    expect((await system.runs.finish('again')).status).toBe('SUCCEEDED');
    expect(asked).toHaveLength(3);
    expect(new Set(asked.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect((await maestroCli(system.restUrl)('logs', 'again/1/call')).stdout).toContain('it is tried again');
  });

  test('is proved by a secret that stands nowhere', async () => {
    const auth = { type: 'MAP', value: { bearer: text('secret://env/E2E_TOKEN') } };
    await system.runs.pushSteps('auth', [job('call', '/auth', { ...plain, auth })]);
    expect((await system.runs.finish('auth')).status).toBe('SUCCEEDED');
    expect(asked[0]?.headers.authorization).toBe('Bearer hush-e2e-token');
    expect(JSON.stringify(await system.runs.step('auth', 'call'))).not.toContain('hush-e2e-token');
  });

  test('whose executor is killed is made again by the next one, in the same attempt and with the same key', async () => {
    const held: IncomingMessage[] = [];
    const slow = createServer((request, response) => {
      held.push(request);
      if (held.length > 1) response.end('done');
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const url = text(`http://127.0.0.1:${(slow.address() as AddressInfo).port}/`);
    await system.runs.pushSteps('cut', [job('call', '/cut', { ...plain, url })]);
    await system.runs.start('cut');
    await waitUntil(() => held.length === 1, { timeoutMs: 20_000 });
    system.kill('executor');
    expect((await system.runs.ended('cut', 1, 60_000)).status).toBe('SUCCEEDED');
    expect((await system.runs.step('cut', 'call')).step_attempt_id).toBe(1);
    expect(new Set(held.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    slow.close();
  }, 120_000);
});

describe('the output-data API', () => {
  const PUT =
    'curl -sS -o answer -w "%{http_code}" -X PUT -H "Authorization: Bearer $MAESTRO_OUTPUT_TOKEN" -H "Content-Type: application/json"';
  const outputs = { n: { type: 'LONG', value: 0, mode: 'MUTABLE' }, m: { type: 'LONG', value: 0, mode: 'MUTABLE' } };

  test('takes outputs of a step while it runs; what it returns at its end is over them', async () => {
    const script = `[ "$(${PUT} -d '{"params": {"n": 1, "m": 1}, "artifacts": {"early": {"a": 1}}}' "$MAESTRO_API_URL/api/v3/output-data")" = 200 ] || { cat answer; exit 3; }
      echo '{"params": {"m": 2}}' > "$MAESTRO_OUTPUT"`;
    await system.runs.pushSteps('put', [shell('put', script, { params: outputs })]);
    expect((await system.runs.finish('put')).status).toBe('SUCCEEDED');
    const { params, artifacts } = await system.runs.step('put', 'put');
    expect([params?.['n']?.evaluated_result, params?.['m']?.evaluated_result]).toEqual([1, 2]);
    expect(artifacts).toMatchObject({ early: { a: 1 } });
    await waitUntil(async () => (await system.sql('select 1 from executor.output_data')).length === 0, {
      describe: 'the data is forgotten',
    });
  });

  test('refuses tokens that are none, and those of attempts that have ended', async () => {
    const gate = new Gate(system, 'token');
    const script = `echo "$MAESTRO_OUTPUT_TOKEN" > "${system.dataDir}/token"; until [ -e "$MAESTRO_PARAM_GATE" ]; do sleep 0.05; done`;
    await system.runs.pushSteps('token', [shell('token', script, { params: { gate: text(gate.file), ...outputs } })]);
    await system.runs.start('token');
    const token = await waitUntil(() => readFileSync(`${system.dataDir}/token`, 'utf8').trim(), { timeoutMs: 20_000 });
    const put = (bearer: string, body: unknown) =>
      system.rest.ask('PUT', '/output-data', { body, headers: { authorization: `Bearer ${bearer}` }, anonymous: true });
    expect((await put('guessed', {})).status).toBe(403);
    expect((await put(token, { params: [] })).status).toBe(400);
    expect((await put(token, { params: { n: 5 } })).status).toBe(200);
    gate.open();
    expect((await system.runs.ended('token')).status).toBe('SUCCEEDED');
    expect((await system.runs.step('token', 'token')).params?.['n']?.evaluated_result).toBe(5);
    expect((await put(token, { params: { n: 6 } })).status).toBe(409);
  });
});

test('nothing is left of all these runs', () => expectNothingLeft(system));
