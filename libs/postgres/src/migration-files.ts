import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Migration is one `NNNN-name.sql` file. */
export interface Migration {
  readonly number: number;
  /** File name, for instance `0001-instance.sql`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text: a migration that ran must never change. */
  readonly checksum: string;
}

const FILE_NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

/** readMigrations reads a folder of migrations in order. Throws when a name is malformed or a number is used twice. */
export async function readMigrations(dir: string): Promise<readonly Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(names.map((name) => readMigration(dir, name)));
  const repeated = migrations.find((migration, index) => migration.number === migrations[index - 1]?.number);
  if (repeated !== undefined) {
    throw new Error(`${join(dir, repeated.name)}: number ${repeated.number} is used twice; give it the next free one`);
  }
  return migrations;
}

async function readMigration(dir: string, name: string): Promise<Migration> {
  const number = FILE_NAME.exec(name)?.[1];
  if (number === undefined) throw new Error(`${join(dir, name)}: a migration is named NNNN-what-it-does.sql`);
  const sql = await readFile(join(dir, name), 'utf8');
  return { number: Number(number), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
