import { BEGIN, COMMIT, pipeline, pipelinedTransaction, queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { StepTypeStore } from '../../ports/step-type-store.js';
import { registeredType, selectAllStepTypes, selectStepTypes, upsertStepType } from './step-type.js';

/** postgresStepTypes keeps the step types of workers in this service's own schema. */
export function postgresStepTypes(pool: Pool): StepTypeStore {
  const ofNames: StepTypeStore['ofNames'] = async (names) =>
    names.length === 0 ? [] : (await queryOne(pool, selectStepTypes(names))).map(registeredType);
  return {
    ofNames,
    all: async (limit) => (await queryOne(pool, selectAllStepTypes(limit))).map(registeredType),
    register: async (types, now) => {
      // In the order of their names, so that two executors at once do not wait for each other.
      const sorted = [...types].sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
      const upserts = sorted.map((type) => upsertStepType(type, now));
      await pipelinedTransaction(pool, (client) => pipeline(client, [BEGIN, ...upserts, COMMIT]));
      return ofNames(types.map(({ name }) => name));
    },
  };
}
