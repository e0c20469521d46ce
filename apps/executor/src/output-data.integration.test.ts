import { createHmac } from 'node:crypto';
import type { AttemptKey } from '@maestro/domain';
import { createPool } from '@maestro/postgres';
import { testDatabase, type TestDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { postgresCallBackStore } from './adapters/postgres/call-back-store.js';
import { postgresOutputDataStore } from './adapters/postgres/output-data-store.js';
import { MIGRATIONS } from './testing/executor-bench.js';
import { takeCallBack, type GivenProof } from './usecases/call-back/take-call-back.js';
import { hashOf, newToken } from './usecases/output-data/attempt-token.js';
import { putOutputData } from './usecases/output-data/put-output-data.js';

let database: TestDatabase;
let pool: Pool;
let now = 1_000;
const clock = { now: () => now };

beforeAll(async () => {
  database = await testDatabase({ migrations: [MIGRATIONS] });
  pool = createPool({
    url: database.url,
    schema: 'executor',
    applicationName: 'test',
    max: 8,
    onIdleError: () => undefined,
  });
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

let runs = 0n;
const attempt = (): AttemptKey => ({ runKey: (runs += 1n), ordinal: 0, attempt: 1 });
const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

async function opened(waits = false) {
  const store = postgresOutputDataStore(pool);
  const of = attempt();
  const { token, hash } = newToken();
  await store.openToken(of, hash, waits, now);
  return { store, of, token, hash };
}

describe('output data', () => {
  it('is gathered until the attempt ends, and then refused', async () => {
    const { store, of, token } = await opened();
    const id = await putOutputData({ store, clock }, token, json({ params: { a: 9007199254740991, b: 'x' } }));
    expect(id).toBe(`${of.runKey}-0-1`);
    await putOutputData(
      { store, clock },
      token,
      json({ params: { b: 'y' }, artifacts: { mine: { n: 1 } }, extra_info: { by: 'me' } }),
    );
    const data = await store.end(of, now);
    expect(data).toEqual({
      params: { a: { type: 'LONG', value: 9007199254740991n }, b: { type: 'STRING', value: 'y' } },
      artifacts: { mine: { n: 1n }, extra_info: { by: 'me' } },
    });
    expect(await store.end(of, now)).toEqual(data);
    const late = putOutputData({ store, clock }, token, json({ params: {} }));
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
    await store.forget(of);
    expect(await store.end(of, now)).toBeUndefined();
  });

  it('of many calls at once is complete', async () => {
    const { store, of, token } = await opened();
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name) => putOutputData({ store, clock }, token, json({ params: { [name]: 1 } }))));
    expect(Object.keys((await store.end(of, now))?.params ?? {}).sort()).toEqual([...names].sort());
  });

  it('is refused without a token of an attempt, when it is malformed, and when it is too much', async () => {
    const { store, token } = await opened();
    const put = (given: string, body: Uint8Array) => putOutputData({ store, clock }, given, body);
    await expect(put('guessed', json({}))).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(put(token, Buffer.from('nonsense'))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(put(token, json({ params: [] }))).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const half = 'x'.repeat(400_000);
    await put(token, json({ params: { a: half } }));
    await expect(put(token, json({ params: { b: half } }))).rejects.toMatchObject({ code: 'REQUEST_TOO_LARGE' });
  });

  it('stores no token, only its hash', async () => {
    const { token, hash } = await opened();
    const { rows } = await pool.query<{ text: string }>('select t::text as text from attempt_token t');
    expect(rows.some(({ text }) => text.includes(token))).toBe(false);
    expect(rows.some(({ text }) => text.includes(Buffer.from(hash).toString('hex')))).toBe(true);
  });

  it('that nobody took is deleted when it is old, with ended tokens', async () => {
    now = 10_000;
    const ended = await opened();
    await putOutputData({ store: ended.store, clock }, ended.token, json({ params: { a: 1 } }));
    await ended.store.end(ended.of, now);
    const running = await opened();
    await ended.store.deleteBefore(20_000, 100);
    expect(await ended.store.end(ended.of, now)).toBeUndefined();
    await putOutputData({ store: running.store, clock }, running.token, json({}));
    await expect(putOutputData({ store: ended.store, clock }, ended.token, json({}))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    });
  });
});

describe('a call-back', () => {
  const setUp = async (waits = true) => {
    const { of, token, store } = await opened(waits);
    const listening = createPool({
      url: database.url,
      schema: 'executor',
      applicationName: 'test',
      max: 1,
      onIdleError: () => undefined,
    });
    const callBacks = postgresCallBackStore(pool, listening);
    const id = `${of.runKey}-0-1`;
    const call = (proof: GivenProof, body: unknown = {}) =>
      takeCallBack({ store: callBacks, clock }, id, proof, json(body));
    const close = async (): Promise<void> => {
      callBacks.close();
      await listening.end();
    };
    return { of, token, store, callBacks, call, close };
  };

  it('is taken by token or signature, wakes who waits, and is answered again when it is repeated', async () => {
    const { of, token, callBacks, call, close } = await setUp();
    const woken = new Promise<void>((resolve) => void callBacks.watch(of, resolve));
    const body = { state: 'USER_ERROR', message: 'no rows' };
    // Until the listener listens, nobody can be woken.
    await callBacks.watch(of, () => undefined);
    const signature = createHmac('sha256', hashOf(token)).update(json(body)).digest();
    expect(await call({ signature }, body)).toBe(false);
    await woken;
    expect(await call({ token }, body)).toBe(true);
    expect(Buffer.from((await callBacks.read(of)) ?? []).toString()).toBe(JSON.stringify(body));
    await close();
  });

  it('that is forged, late, contradicting, malformed or not waited for is refused and says why', async () => {
    const { of, token, store, call, close } = await setUp();
    await expect(call({ token: 'guessed' })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(call(undefined)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    const other = createHmac('sha256', hashOf(token)).update('another body').digest();
    await expect(call({ signature: other })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(call({ token }, { state: 'FINE' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await call({ token }, { state: 'DONE' });
    await expect(call({ token }, { state: 'FATAL_ERROR' })).rejects.toThrow('the first call-back counts');
    await store.end(of, now);
    expect(await call({ token }, { state: 'DONE' })).toBe(true);
    await close();
    const late = await setUp();
    await late.store.end(late.of, now);
    await expect(late.call({ token: late.token })).rejects.toThrow('too late');
    await late.close();
    const code = await setUp(false);
    await expect(code.call({ token: code.token })).rejects.toThrow('waits for no call-back');
    await code.close();
  });
});
