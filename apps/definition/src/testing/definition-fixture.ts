import { join } from 'node:path';
import type { PushRequest, Workflow } from '@maestro/domain';
import { EvaluationPool, type DefinitionChecker } from '@maestro/evaluation';
import { createPool, databaseClock } from '@maestro/postgres';
import { evaluationWorker, testDatabase } from '@maestro/testing';
import { growthSignal } from '../adapters/feed-growth.js';
import { postgresActs } from '../adapters/postgres/perform-act.js';
import { postgresFeed } from '../adapters/postgres/read-feed.js';
import { postgresReads } from '../adapters/postgres/read-workflows.js';
import { postgresStepTypes } from '../adapters/postgres/step-type-store.js';
import { postgresTemplates } from '../adapters/postgres/template-store.js';
import { postgresRemoval } from '../adapters/postgres/remove-workflow.js';
import type { StepTypeStore } from '../ports/step-type-store.js';
import type { TemplateStore } from '../ports/template-store.js';
import type { WorkflowActs } from '../ports/workflow-acts.js';
import type { WorkflowReads } from '../ports/workflow-reads.js';
import type { WorkflowRemoval } from '../ports/workflow-removal.js';
import type { ChangeFeed } from '../ports/change-feed.js';
import type { Clock } from '../ports/clock.js';
import type { GrowthSignal } from '../adapters/feed-growth.js';
import type { Asking } from '../usecases/asking.js';

export const MIGRATIONS = { schema: 'definition', dir: join(__dirname, '../../migrations') };

/** DefinitionFixture is the service's stores on a database of their own. */
export interface DefinitionFixture {
  readonly url: string;
  readonly acts: WorkflowActs;
  readonly reads: WorkflowReads;
  readonly removal: WorkflowRemoval;
  readonly templates: TemplateStore;
  readonly stepTypes: StepTypeStore;
  readonly feed: ChangeFeed;
  readonly growth: GrowthSignal;
  readonly clock: Clock;
  readonly checker: DefinitionChecker;
  stop(): Promise<void>;
}

/** definitionFixture opens the stores; commits make the feed grow in memory only, nothing is published. */
export async function definitionFixture(): Promise<DefinitionFixture> {
  const database = await testDatabase({ migrations: [MIGRATIONS] });
  const options = { url: database.url, schema: 'definition', applicationName: 'definition-test' };
  const pool = createPool({ ...options, max: 8, hotPath: true });
  const lists = createPool({ ...options, max: 2 });
  const clock = await databaseClock(pool);
  const growth = growthSignal();
  const checker = new EvaluationPool({ script: evaluationWorker() });
  const teller = { grew: () => growth.grown() };
  return {
    url: database.url,
    acts: postgresActs({ pool, clock, teller }),
    reads: postgresReads({ hot: pool, lists }),
    removal: postgresRemoval({ pool, clock, teller }),
    templates: postgresTemplates({ pool, clock }),
    stepTypes: postgresStepTypes(pool),
    feed: postgresFeed(pool),
    growth,
    clock,
    checker,
    stop: async () => {
      clock.stop();
      await checker.close();
      await Promise.all([pool.end(), lists.end()]);
      await database.stop();
    },
  };
}

/** asking is a call by somebody, without a request id unless one is given. */
export function asking(requestId = '', author = 'ada'): Asking {
  return { author, tenant: 'default', requestId };
}

/** pushOf is a push of a small workflow; `more` goes into the request, and into its workflow. */
export function pushOf(id: string, more: Partial<PushRequest> = {}, workflow: Partial<Workflow> = {}): PushRequest {
  return {
    properties: { owner: { name: 'ada' } },
    ...more,
    workflow: { id, steps: [{ kind: 'step', id: 'one', type: 'NoOp' }], ...workflow },
  };
}
