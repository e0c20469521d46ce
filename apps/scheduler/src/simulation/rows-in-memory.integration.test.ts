import { join } from 'node:path';
import { createPool } from '@maestro/postgres';
import { testDatabase } from '@maestro/testing';
import type { Pool } from 'pg';
import { ensurePartitions } from '../adapters/postgres/partitions.js';
import type { Recorded } from './memory/recorded.js';
import { AT_ONCE } from '../ports/wakeup-store.js';
import { Replay } from './replay.js';
import { simulate } from './simulate.js';

const SCHEMA = { schema: 'scheduler', dir: join(__dirname, '../../migrations') };
const START = Date.UTC(2026, 0, 1);
/** Tables that a simulation writes. */
const WRITTEN =
  'workflow_queue, queue_entry, instance_run, run, step, timeline, wakeup, claim, ready, outbox, pending_action, parked_event, permit, permit_tag, event_feed';
const FIRST = 1;
const SEEDS = 60;

let database: Awaited<ReturnType<typeof testDatabase>>;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase({ migrations: [SCHEMA] });
  const options = { url: database.url, schema: 'scheduler', applicationName: 'simulation' };
  pool = createPool({ ...options, max: 16, hotPath: true, settings: { lock_timeout: '2s' } });
  await ensurePartitions(pool, START);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** What has no order is compared in one order; what Postgres numbers by itself, by how much there is of it. */
function comparable(call: string, answer: unknown): unknown {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return plain([...value.values()]);
    if (value instanceof Set) return plain([...value]);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (Array.isArray(value)) return value.map(plain).sort((a, b) => (text(a) < text(b) ? -1 : 1));
    if (typeof value !== 'object' || value === null) return value;
    const { seqs, ...rest } = value as { readonly seqs?: readonly bigint[]; dueAt?: unknown };
    if (typeof rest.dueAt === 'number' && rest.dueAt < 0) rest.dueAt = AT_ONCE;
    const members = Object.entries(rest).filter(([, member]) => member !== undefined);
    return { ...Object.fromEntries(members.map(([name, member]) => [name, plain(member)])), seqs: seqs?.length };
  };
  return { call, answer: plain(answer) };
}

it.each(Array.from({ length: SEEDS }, (_, index) => FIRST + index))(
  'rows in memory answer as Postgres does: seed %d',
  async (seed) => {
    const asked: Recorded[] = [];
    await simulate(seed, { record: (recorded) => asked.push(recorded) });
    await pool.query(`truncate ${WRITTEN}`);
    await pool.query(`update setting set value = '0' where name = 'permit_revision'`);
    const replay = new Replay(pool);
    for (const [index, recorded] of asked.entries()) {
      const answer = comparable(recorded.call, await replay.ask(recorded));
      expect({ index, ...(answer as object) }).toEqual({
        index,
        ...(comparable(recorded.call, recorded.answer) as object),
      });
    }
    expect(asked.length).toBeGreaterThan(10);
  },
  60_000,
);
