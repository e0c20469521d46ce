import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { temporaryFolder } from './temporary-folder.js';
import { testDatabase } from './test-database.js';

const folder = temporaryFolder('migrations');
const dir = join(folder, 'shop');
mkdirSync(dir);
writeFileSync(join(dir, '0001-item.sql'), 'create table item (id bigint primary key);');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('two databases of the same migrations do not see each other', async () => {
  const migrations = [{ schema: 'shop', dir }];
  const [first, second] = await Promise.all([testDatabase({ migrations }), testDatabase({ migrations })]);
  await run(first.url, 'insert into shop.item values (1)');
  expect(await run(second.url, 'select * from shop.item')).toEqual([]);
  await Promise.all([first.stop(), second.stop()]);
});

test('a dropped database is gone', async () => {
  const database = await testDatabase();
  await database.stop();
  await expect(run(database.url, 'select 1')).rejects.toThrow('does not exist');
});
