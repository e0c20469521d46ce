import { MaestroError, SHARDS } from '@maestro/domain';
import { queryOne, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';
import { ENGINE_LEVEL } from './run.js';

const SETTINGS: Statement<{ name: string; value: string }> = {
  name: 'setting-read',
  text: 'select name, value from setting',
};

/** checkDatabase refuses a database that was made for another number of shards, or is written by a newer release. */
export async function checkDatabase(pool: Pool): Promise<void> {
  const settings = new Map((await queryOne(pool, SETTINGS)).map(({ name, value }) => [name, value]));
  const shards = Number(settings.get('shards'));
  if (shards !== SHARDS) {
    throw new MaestroError(
      'INVALID_STATE',
      `The database has ${String(shards)} shards, this release ${String(SHARDS)}: they cannot be changed.`,
    );
  }
  const level = Number(settings.get('cluster_level'));
  if (level > ENGINE_LEVEL) {
    throw new MaestroError(
      'INVALID_STATE',
      `The database is written at engine level ${String(level)}, this release knows ${String(ENGINE_LEVEL)}: upgrade it.`,
    );
  }
}
