import { pipeline, type Statement, type StatementResult } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { LogStore, StoredLogChunk } from '../../ports/log-store.js';
import { chunkOf, deleteOldChunks, insertChunks, selectChunks, selectLatestAttempt } from './attempt-log.js';
import { logKey, notifyAppended } from './log-channel.js';

/** postgresLogStore keeps logs in the table attempt_log. */
export function postgresLogStore(pool: Pool): LogStore {
  return {
    append: (chunks) => append(pool, chunks),
    read: async (of, after, limit) => (await one(pool, selectChunks(of, after, limit))).rows.map(chunkOf),
    latestAttempt: async (of) => (await one(pool, selectLatestAttempt(of))).rows[0]?.attempt,
    deleteBefore: async (at, limit) => (await one(pool, deleteOldChunks(at, limit))).rowCount,
  };
}

async function append(pool: Pool, chunks: readonly StoredLogChunk[]): Promise<void> {
  const keys = new Set(chunks.map(({ of }) => logKey(of)));
  const client = await pool.connect();
  try {
    await pipeline(client, [insertChunks(chunks), notifyAppended([...keys])]);
  } finally {
    client.release();
  }
}

async function one<R>(pool: Pool, statement: Statement<R>): Promise<StatementResult<R>> {
  const client = await pool.connect();
  try {
    const [result] = await pipeline(client, [statement]);
    return result;
  } finally {
    client.release();
  }
}
