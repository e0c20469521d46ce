import type { Millis } from '@maestro/domain';
import { query, queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { LogStore, StoredLogChunk } from '../../ports/log-store.js';
import {
  chunkOf,
  deleteOldChunks,
  insertChunks,
  selectChunks,
  selectChunksBack,
  selectLatestAttempt,
} from './attempt-log.js';
import { logKey, notifyAppended } from './log-channel.js';

/** postgresLogStore keeps logs in the table attempt_log. */
export function postgresLogStore(pool: Pool): LogStore {
  return {
    append: (chunks) => append(pool, chunks),
    read: async (of, after, limit) => (await queryOne(pool, selectChunks(of, after, limit))).map(chunkOf),
    readBack: async (of, before, limit) => (await queryOne(pool, selectChunksBack(of, before, limit))).map(chunkOf),
    latestAttempt: async (of) => (await queryOne(pool, selectLatestAttempt(of)))[0]?.attempt,
    deleteBefore: (at, limit) => deleteBefore(pool, at, limit),
  };
}

async function append(pool: Pool, chunks: readonly StoredLogChunk[]): Promise<void> {
  const keys = new Set(chunks.map(({ of }) => logKey(of)));
  await query(pool, [insertChunks(chunks), notifyAppended([...keys])]);
}

async function deleteBefore(pool: Pool, at: Millis, limit: number): Promise<number> {
  const [{ rowCount }] = await query(pool, [deleteOldChunks(at, limit)]);
  return rowCount;
}
