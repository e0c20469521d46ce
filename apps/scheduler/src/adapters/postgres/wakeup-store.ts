import type { EngineEvent } from '@maestro/engine';
import { queryOne } from '@maestro/postgres';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type { WakeupStore } from '../../ports/wakeup-store.js';
import { readPendingActions } from './pending-action.js';
import { readDue } from './wakeup.js';

export function postgresWakeups(pool: Pool): WakeupStore {
  return {
    due: async (shards, until, limit) =>
      (await queryOne(pool, readDue(shards, until, limit))).map((row) => ({
        runKey: row.run_key,
        dueAt: Number(row.due_at),
      })),
    pendingActions: async (runKeys) =>
      (await queryOne(pool, readPendingActions(runKeys))).map((row) => ({
        runKey: row.run_key,
        id: row.id,
        event: parseExactJson(row.event) as unknown as EngineEvent,
      })),
  };
}
