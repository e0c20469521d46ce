import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFacts } from '@maestro/testing';
import { MIGRATIONS } from './testing/migrations.js';

test('schema.sql is what the migrations add up to', async () => {
  const { migrated, written } = await schemaFacts(MIGRATIONS, readFileSync(join(__dirname, '../schema.sql'), 'utf8'));
  expect(migrated.columns).not.toEqual([]);
  expect(written).toEqual(migrated);
});
