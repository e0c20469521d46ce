import { existsSync } from 'node:fs';
import { connect } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { Client } from 'pg';
import { startNats, type TestNats } from './start-nats.js';
import { startPostgres } from './start-postgres.js';

async function streamNames(nats: TestNats): Promise<string[]> {
  const connection = await connect({ servers: nats.url });
  try {
    const streams = await (await jetstreamManager(connection)).streams.list().next();
    return streams.map((stream) => stream.config.name);
  } finally {
    await connection.close();
  }
}

test('JetStream keeps its streams over a restart and loses them in a wipe', async () => {
  const nats = await startNats();
  const connection = await connect({ servers: nats.url });
  await (await jetstreamManager(connection)).streams.add({ name: 'kept', subjects: ['kept.>'] });
  await connection.close();
  await nats.restart();
  expect(await streamNames(nats)).toEqual(['kept']);
  await nats.restart({ wipe: true });
  expect(await streamNames(nats)).toEqual([]);
  await nats.stop();
});

test('an own Postgres answers at the same URL after a restart, and is gone after a stop', async () => {
  const postgres = await startPostgres();
  const before = postgres.pid;
  await postgres.restart();
  expect(postgres.pid).not.toBe(before);
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  expect((await client.query('show fsync')).rows).toEqual([{ fsync: 'on' }]);
  await client.end();
  await postgres.stop();
  expect(existsSync(`/proc/${postgres.pid}`)).toBe(false);
});
