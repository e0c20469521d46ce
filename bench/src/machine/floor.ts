import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { median } from '../statistics.js';

/** Floor is what this machine can do at best, in milliseconds (medians): no step can cost less than a share of these. */
export interface Floor {
  /** A transaction of one inserted row, flushed to disk. */
  readonly commit: number;
  /** `select 1`: a round trip to Postgres. */
  readonly roundTrip: number;
  /** A NATS request and its answer. */
  readonly request: number;
}

const WARM_UP = 100;
const REPEATS = 400;

/** measureFloor measures on one connection, one thing after the other, while the services are idle. */
export async function measureFloor(postgresUrl: string, natsUrl: string): Promise<Floor> {
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await checkDurable(client);
    await client.query('create schema if not exists bench');
    await client.query(
      'create table if not exists bench.floor (id bigint generated always as identity primary key, v int)',
    );
    const insert = { name: 'floor', text: 'insert into bench.floor (v) values ($1)', values: [1] };
    const commit = await medianOf(() => client.query(insert));
    const roundTrip = await medianOf(() => client.query({ name: 'one', text: 'select 1' }));
    return { commit, roundTrip, request: await requestTime(natsUrl) };
  } finally {
    await client.end();
  }
}

/** Figures of a Postgres that may lose commits mean nothing. */
async function checkDurable(client: Client): Promise<void> {
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await client.query<{ setting: string }>('select current_setting($1) as setting', [name]);
    if (rows[0]?.setting !== 'on')
      throw new Error(`Postgres runs with ${name} = ${String(rows[0]?.setting)}; it must be on`);
  }
}

async function requestTime(natsUrl: string): Promise<number> {
  const [asking, answering] = await Promise.all([connect({ servers: natsUrl }), connect({ servers: natsUrl })]);
  try {
    answering.subscribe('bench.echo', { callback: (_, message) => void message.respond(message.data) });
    await answering.flush();
    return await medianOf(() => ask(asking));
  } finally {
    await Promise.all([asking.close(), answering.close()]);
  }
}

const PAYLOAD = new Uint8Array(150);

async function ask(connection: NatsConnection): Promise<void> {
  await connection.request('bench.echo', PAYLOAD, { timeout: 5_000 });
}

async function medianOf(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < WARM_UP + REPEATS; index += 1) {
    const started = performance.now();
    await act();
    if (index >= WARM_UP) times.push(performance.now() - started);
  }
  return median(times);
}
