import type { AttemptKey, Json, Millis } from '@maestro/domain';
import { pipeline, query, queryOne, transaction } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type { OutputData, OutputDataStore } from '../../ports/output-data-store.js';
import { deleteOldTokens, endTokens, insertToken, lockToken } from './attempt-token.js';
import { deleteOldCallBacks } from './call-back.js';
import {
  deleteOldOutputData,
  deleteOutputData,
  selectOutputData,
  upsertOutputData,
  type OutputDataRow,
} from './output-data.js';

const NOTHING: OutputData = { params: {}, artifacts: {} };
/** The longest that an attempt without an end may still run. */
const UNENDED_MS = 60 * 24 * 3_600_000;

/** postgresOutputDataStore keeps tokens in attempt_token and data in output_data. */
export function postgresOutputDataStore(pool: Pool): OutputDataStore {
  return {
    openToken: async (of, hash, waits, now) => void (await queryOne(pool, insertToken(of, hash, waits, now))),
    put: (hash, change, now) => put(pool, hash, change, now),
    end: (of, now) => end(pool, of, now),
    forget: async (of) => void (await queryOne(pool, deleteOutputData(of))),
    deleteBefore: (at, limit) => deleteBefore(pool, at, limit),
  };
}

function put(pool: Pool, hash: Uint8Array, change: (before: OutputData) => OutputData, now: Millis) {
  return transaction(pool, async (client) => {
    const [{ rows }] = await pipeline(client, [lockToken(hash)]);
    const [token] = rows;
    if (token === undefined) return { state: 'unknown' } as const;
    if (token.ended_at !== null) return { state: 'ended' } as const;
    const of: AttemptKey = { runKey: token.run_key, ordinal: token.ordinal, attempt: token.attempt };
    const [{ rows: found }] = await pipeline(client, [selectOutputData(of)]);
    const { params, artifacts } = change(dataOf(found[0]) ?? NOTHING);
    await pipeline(client, [upsertOutputData(of, { params: textOf(params), artifacts: textOf(artifacts) }, now)]);
    return { state: 'open', of } as const;
  });
}

/** Two statements: the second must see what a change has committed that the first one waited for. */
async function end(pool: Pool, of: AttemptKey, now: Millis): Promise<OutputData | undefined> {
  return transaction(pool, async (client) => {
    const [, { rows }] = await pipeline(client, [endTokens(of, now), selectOutputData(of)]);
    return dataOf(rows[0]);
  });
}

async function deleteBefore(pool: Pool, at: Millis, limit: number): Promise<number> {
  const results = await query(pool, [
    deleteOldTokens(at, at - UNENDED_MS, limit),
    deleteOldOutputData(at, limit),
    deleteOldCallBacks(at, limit),
  ]);
  return Math.max(...results.map(({ rowCount }) => rowCount));
}

function dataOf(row: OutputDataRow | undefined): OutputData | undefined {
  if (row === undefined) return undefined;
  return { params: membersOf(row.params), artifacts: membersOf(row.artifacts) };
}

const membersOf = (text: string): Record<string, Json> => parseExactJson(text) as Record<string, Json>;
const textOf = (members: Readonly<Record<string, Json>>): string => exactJsonText(members);
