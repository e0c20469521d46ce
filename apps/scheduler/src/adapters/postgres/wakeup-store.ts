import type { EngineEvent } from '@maestro/engine';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type { WakeupStore } from '../../ports/wakeup-store.js';
import { readPendingActions } from './pending-action.js';
import { runOne } from './run-one.js';
import { readDue } from './wakeup.js';

export function postgresWakeups(pool: Pool): WakeupStore {
  return {
    due: async (shards, until, limit) =>
      (await runOne(pool, readDue(shards, until, limit))).map((row) => ({
        runKey: row.run_key,
        dueAt: Number(row.due_at),
      })),
    pendingActions: async (runKeys) =>
      (await runOne(pool, readPendingActions(runKeys))).map((row) => ({
        runKey: row.run_key,
        id: row.id,
        event: parseExactJson(row.event) as unknown as EngineEvent,
      })),
  };
}
