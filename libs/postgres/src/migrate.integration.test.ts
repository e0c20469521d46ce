import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, testDatabase, type TestDatabase } from '@maestro/testing';
import { createPool } from './pool.js';
import { migrate } from './migrate.js';

let database: TestDatabase;
let dir: string;

beforeEach(async () => {
  database = await testDatabase();
  dir = temporaryFolder('migrations');
  write('0001-item.sql', 'create table item (id bigint primary key)');
});
afterEach(async () => {
  await database.stop();
  rmSync(dir, { recursive: true });
});

function write(name: string, sql: string): void {
  writeFileSync(join(dir, name), sql);
}

const run = (): Promise<readonly string[]> => migrate({ url: database.url, schema: 'shop', dir });

test('what is missing runs in order, once', async () => {
  write('0002-name.sql', 'alter table item add name text');
  expect(await run()).toEqual(['0001-item.sql', '0002-name.sql']);
  expect(await run()).toEqual([]);
});

test('starters at the same time run each migration once', async () => {
  const ran = await Promise.all([run(), run(), run()]);
  expect(ran.flat()).toEqual(['0001-item.sql']);
});

test('a migration that was changed after it ran is refused', async () => {
  await run();
  write('0001-item.sql', 'create table item (id text)');
  await expect(run()).rejects.toThrow('migration 0001-item.sql was changed after it ran on schema "shop"');
});

test('one that fails leaves nothing behind and says why', async () => {
  write('0002-broken.sql', 'create table more (id int); alter table no_such_table add x int');
  await expect(run()).rejects.toThrow(
    '0002-broken.sql of schema "shop" failed: relation "no_such_table" does not exist',
  );
  write('0002-broken.sql', 'create table more (id int)');
  expect(await run()).toEqual(['0002-broken.sql']);
});

test('a number that is used twice and a malformed name are refused', async () => {
  write('0001-other.sql', 'select 1');
  await expect(run()).rejects.toThrow('number 1 is used twice');
  rmSync(join(dir, '0001-other.sql'));
  write('2-Item.sql', 'select 1');
  await expect(run()).rejects.toThrow('a migration is named NNNN-what-it-does.sql');
});

test('a role gets the rights on the tables of the schema', async () => {
  const role = `shop_${process.pid}`;
  await migrate({ url: database.url, schema: 'shop', dir, role });
  const pool = createPool({ url: database.url, max: 1, applicationName: 'migrate-test', schema: 'shop' });
  const rights = await pool.query(`select has_table_privilege($1, 'item', 'insert') as granted`, [role]);
  expect(rights.rows).toEqual([{ granted: true }]);
  await pool.query(`drop owned by ${role}; drop role ${role}`);
  await pool.end();
});
