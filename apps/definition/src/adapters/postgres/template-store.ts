import { pipeline, query, transaction } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../../ports/clock.js';
import type { TemplateReads, TemplateStore } from '../../ports/template-store.js';
import { insertTemplate, listTemplates, selectTemplates, storedTemplate } from './job-template.js';
import { takeRevision } from './template-revision.js';

/** Nothing changed: the number that was taken is given back with the rest of the transaction. */
class Unchanged extends Error {}

/** postgresTemplates keeps job templates in Postgres. */
export function postgresTemplates({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): TemplateStore {
  return {
    ofTypes: async (jobTypes, revision) => {
      const [{ rows }] = await query(pool, [selectTemplates(jobTypes, revision)]);
      return rows.map(storedTemplate);
    },
    list: async (version) => {
      const [{ rows }] = await query(pool, [listTemplates(version)]);
      return rows.map(storedTemplate);
    },
    change: async (decide) => {
      const now = clock.now();
      try {
        await transaction(pool, (client) => changeIn(client, now, decide));
      } catch (error) {
        if (!(error instanceof Unchanged)) throw error;
      }
      return now;
    },
  };
}

async function changeIn(
  client: PoolClient,
  now: number,
  decide: Parameters<TemplateStore['change']>[0],
): Promise<void> {
  const [{ rows }] = await pipeline(client, [takeRevision()]);
  const [taken] = rows;
  if (taken === undefined) throw new Error('the row of table template_revision is missing');
  const changes = await decide({ now, ...readsIn(client) });
  if (changes.length === 0) throw new Unchanged();
  await pipeline(
    client,
    changes.map((change) => insertTemplate(taken.last_revision, change, now)),
  );
}

function readsIn(client: PoolClient): TemplateReads {
  return {
    ofTypes: async (jobTypes, revision) => {
      const [{ rows }] = await pipeline(client, [selectTemplates(jobTypes, revision)]);
      return rows.map(storedTemplate);
    },
    list: async (version) => {
      const [{ rows }] = await pipeline(client, [listTemplates(version)]);
      return rows.map(storedTemplate);
    },
  };
}
