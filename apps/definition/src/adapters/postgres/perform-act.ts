import { BEGIN, COMMIT, pipeline, pipelinedTransaction, SQLSTATE, sqlState, type Statement } from '@maestro/postgres';
import type { Pool, PoolClient } from 'pg';
import type { FeedTeller } from '../../ports/change-feed.js';
import type { Clock } from '../../ports/clock.js';
import { effectiveStrategy } from '../../ports/effective-strategy.js';
import type { Act, ActOutcome, ActView, Decision, Receipt, WorkflowActs, Write } from '../../ports/workflow-acts.js';
import { upsertActivation } from './activation.js';
import { insertChange } from './change.js';
import { withoutNul } from './documents.js';
import { notifyGrowth, takeSequence } from './feed.js';
import { insertSnapshot } from './properties-history.js';
import { insertRequest, receiptOf, selectRequest, type RequestRow } from './request.js';
import { insertTimeline } from './workflow-timeline.js';
import { insertVersion, selectVersionExists } from './workflow-version.js';
import {
  insertWorkflow,
  lockWorkflow,
  nextIdentity,
  updateWorkflow,
  workflowRecord,
  type WorkflowRow,
} from './workflow.js';

export interface PostgresActsOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Told after each commit. */
  readonly teller: FeedTeller;
}

type Decide = (view: ActView) => Promise<Decision>;

interface Performed extends ActOutcome {
  /** The change's number; absent when nothing changed. */
  readonly sequence?: bigint;
}

const ATTEMPTS = 3;

/** postgresActs does an act in two round trips: lock and look up; write and commit. A new id takes one more. */
export function postgresActs(options: PostgresActsOptions): WorkflowActs {
  return {
    perform: async (act, decide) => {
      const performed = await withRetry(() =>
        // The lock of the feed is held for as long as Postgres commits and no longer, however busy this process is.
        pipelinedTransaction(options.pool, (client) => performIn(client, options, act, decide)),
      );
      if (performed.sequence !== undefined) options.teller.grew(performed.sequence, act.workflowId);
      return { receipt: performed.receipt, requestDiffers: performed.requestDiffers };
    },
  };
}

/** Two first pushes of one id, or one request id sent twice at once, meet in a unique index: the loser looks again. */
async function withRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || sqlState(error) !== SQLSTATE.uniqueViolation) throw error;
    }
  }
}

async function performIn(
  client: PoolClient,
  { clock }: PostgresActsOptions,
  act: Act,
  decide: Decide,
): Promise<Performed> {
  const [, locked, known] = await pipeline(client, [BEGIN, lockWorkflow(act.workflowId), selectRequest(act)]);
  const repeated = act.requestId === '' ? undefined : known.rows[0];
  if (repeated !== undefined) {
    await pipeline(client, [COMMIT]);
    return repeatedOutcome(act, repeated);
  }
  const decision = await decide(viewOf(client, clock, locked.rows[0]));
  const { workflowKey, version, time, write } = decision;
  const receipt: Receipt = {
    workflowKey,
    workflowId: act.workflowId,
    ...(version === undefined ? {} : { version }),
    author: act.author,
    time,
  };
  const sequence = await writeAll(client, act, receipt, write);
  return { receipt, requestDiffers: false, ...(sequence === undefined ? {} : { sequence }) };
}

function repeatedOutcome(act: Act, row: RequestRow): Performed {
  return { receipt: receiptOf(row), requestDiffers: row.body_hash !== act.bodyHash };
}

function viewOf(client: PoolClient, clock: Clock, row: WorkflowRow | undefined): ActView {
  return {
    now: clock.now(),
    ...(row === undefined ? {} : { workflow: workflowRecord(row) }),
    newIdentity: async () => {
      const [{ rows }] = await pipeline(client, [nextIdentity()]);
      const [identity] = rows;
      if (identity === undefined) throw new Error('a sequence gave no number');
      return { workflowKey: identity.workflow_key, internalId: identity.internal_id };
    },
    versionExists: async (version) => {
      if (row === undefined) return false;
      const [{ rows }] = await pipeline(client, [selectVersionExists(row.workflow_key, version)]);
      return rows.length > 0;
    },
  };
}

async function writeAll(
  client: PoolClient,
  act: Act,
  receipt: Receipt,
  write: Write | undefined,
): Promise<bigint | undefined> {
  const request = act.requestId === '' ? [] : [insertRequest(act, receipt)];
  if (write === undefined) {
    await pipeline(client, [...request, COMMIT]);
    return undefined;
  }
  const take = takeSequence();
  const before = [...request, ...detailStatements(act, write, receipt.time)];
  // The feed's lock comes last but for what needs its number, and those are few and small.
  const results = await pipeline(client, [
    ...before,
    take,
    ...pointerStatements(act, write, receipt.time),
    notifyGrowth(),
    COMMIT,
  ]);
  return results[before.length]?.rows[0]?.['last_sequence'] as bigint;
}

function detailStatements(act: Act, write: Write, now: number): readonly Statement[] {
  const { after, newVersion, activated, propertiesChange } = write;
  const { workflowKey } = after;
  return [
    ...(newVersion === undefined ? [] : [insertVersion(workflowKey, newVersion)]),
    ...(activated === undefined ? [] : [upsertActivation({ workflowKey, version: activated }, act.author, now)]),
    ...(propertiesChange === undefined ? [] : [insertSnapshot(workflowKey, after.properties, propertiesChange)]),
  ];
}

function pointerStatements(
  act: Act,
  { kind, after, created, newVersion, log }: Write,
  now: number,
): readonly Statement[] {
  const { author, workflowId } = act;
  const workflow = newVersion?.workflow;
  const searchText =
    workflow === undefined
      ? undefined
      : withoutNul([workflowId, workflow.name, workflow.description].join('\n').toLowerCase());
  const runStrategy = effectiveStrategy(after.properties);
  return [
    created === true ? insertWorkflow(after, searchText ?? '', now) : updateWorkflow(after, searchText, now),
    insertTimeline(after.workflowKey, { author, log: withoutNul(log), now }),
    insertChange({ kind, after, runStrategy, author, now }),
  ];
}
