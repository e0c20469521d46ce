import type { EngineEvent } from '@maestro/engine';
import { queryOne } from '@maestro/postgres';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type { ParkedRuns } from '../../ports/parked-runs.js';
import { unparkRun } from './parked-event.js';

export function postgresParkedRuns(pool: Pool): ParkedRuns {
  return {
    unpark: async (runKey) =>
      (await queryOne(pool, unparkRun(runKey))).map(({ event }) => parseExactJson(event) as unknown as EngineEvent),
  };
}
