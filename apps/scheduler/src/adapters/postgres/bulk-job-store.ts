import { queryOne } from '@maestro/postgres';
import type { Pool } from 'pg';
import type { BulkJobStore } from '../../ports/bulk-job-store.js';
import {
  bulkJobOf,
  cancelBulkJob,
  claimBulkJob,
  endBulkJob,
  insertBulkJob,
  readBulkJob,
  saveBulkJob,
  trimBulkJobs,
} from './bulk-job.js';

/** postgresBulkJobs keeps bulk jobs in Postgres. */
export function postgresBulkJobs(pool: Pool): BulkJobStore {
  return {
    add: async (wish, at) => {
      const [row] = await queryOne(pool, insertBulkJob(wish, at));
      if (row === undefined) throw new Error('an insert gave no row');
      return bulkJobOf(row);
    },
    find: async (jobId) => {
      const [row] = await queryOne(pool, readBulkJob(jobId));
      return row === undefined ? undefined : bulkJobOf(row);
    },
    claim: async (owner, at, until) => {
      const [row] = await queryOne(pool, claimBulkJob(owner, at, until));
      return row === undefined ? undefined : bulkJobOf(row);
    },
    save: async (jobId, owner, state, until) =>
      (await queryOne(pool, saveBulkJob(jobId, owner, state, until))).length > 0,
    end: async (jobId, owner, at) => void (await queryOne(pool, endBulkJob(jobId, owner, at))),
    cancel: async (jobId, at) => void (await queryOne(pool, cancelBulkJob(jobId, at))),
    trim: async (endedBefore) => void (await queryOne(pool, trimBulkJobs(endedBefore))),
  };
}
