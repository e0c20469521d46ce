import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaFacts } from './schema-facts.js';

const TABLE = 'create table thing (id bigint generated always as identity primary key, name text not null)';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'maestro-schema-'));
  writeFileSync(join(dir, '0001-thing.sql'), `${TABLE} with (fillfactor = 70);`);
});
afterEach(() => rmSync(dir, { recursive: true }));

test.each([
  ['the same', `${TABLE} with (fillfactor = 70);`, true],
  ['another storage setting', `${TABLE};`, false],
  ['an index more', `${TABLE} with (fillfactor = 70); create index on thing (name);`, false],
  [
    'a column less',
    'create table thing (id bigint generated always as identity primary key) with (fillfactor = 70);',
    false,
  ],
])('a written schema with %s is told from the migrated one', async (_, text, same) => {
  const { migrated, written } = await schemaFacts({ schema: 'toy', dir }, text);
  expect(migrated.columns).toHaveLength(2);
  expect(JSON.stringify(written) === JSON.stringify(migrated)).toBe(same);
});
