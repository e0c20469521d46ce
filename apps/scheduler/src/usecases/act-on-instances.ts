import { MaestroError } from '@maestro/domain';
import type { BulkFailure, BulkState, BulkWish } from '../ports/bulk-job-store.js';
import type { ListFilter, RunReader, RunSummary } from '../ports/run-reader.js';
import { ordinalOf } from '../queries/find-step.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import { BULK_ACTS, type BulkActDeps, type OneOfMany } from './bulk-acts.js';
import { planOfRun } from '../ports/plan-of-run.js';

export type ActOnInstancesDeps = BulkActDeps & {
  readonly reader: Pick<RunReader, 'list' | 'queue'>;
};

/** BulkAsk is what somebody wants of many runs, until the signal aborts. */
export type BulkAsk = BulkWish & Pick<OneOfMany, 'signal'>;

/** countInstances tells how many runs the filter chooses now: counted before any act, since what was acted on may fit no more. */
export async function countInstances(deps: ActOnInstancesDeps, wish: BulkWish): Promise<bigint> {
  return (await deps.reader.list(filterOf(wish), { size: 1, direction: 'older' })).totalCount;
}

/** NOTHING_DONE is how far a job is that has not begun. */
export const NOTHING_DONE: BulkState = { done: 0, passedOver: 0, failed: 0, failures: [] };

/** Runs that are acted on at the same time: they share commits, and starts of others have room beside them. */
const AT_ONCE = 32;
const PAGE_SIZE = 200;
const MAX_FAILURES = 100;

/**
 * actOnInstances acts on the latest run of each instance that the filter chooses, newest first, and tells after each page how far it is,
 * until all are done or the signal aborts: from there it can go on. A page that is done twice does no harm: what is done fits no more.
 */
export async function* actOnInstances(
  deps: ActOnInstancesDeps,
  ask: BulkAsk,
  from: BulkState = NOTHING_DONE,
): AsyncGenerator<BulkState> {
  const tally = new Tally(from);
  const { total } = from;
  let { cursor } = from;
  do {
    const place = cursor === undefined ? {} : { cursor };
    const page = await deps.reader.list(filterOf(ask), { size: PAGE_SIZE, direction: 'older', ...place });
    for (let at = 0; at < page.items.length; at += AT_ONCE) {
      if (ask.signal.aborted) return;
      await Promise.all(page.items.slice(at, at + AT_ONCE).map((run) => one(deps, ask, run, tally)));
    }
    cursor = page.older;
    yield { cursor, total, ...tally.state() };
  } while (cursor !== undefined && !ask.signal.aborted);
}

function filterOf({ workflowId, action, statuses }: BulkWish): ListFilter {
  return { workflowId, statuses: statuses.length > 0 ? statuses : BULK_ACTS[action].fits };
}

async function one(deps: ActOnInstancesDeps, ask: BulkAsk, run: RunSummary, tally: Tally): Promise<void> {
  const { workflowId, instanceId } = run.header;
  try {
    if (await isChosen(deps, ask, run)) {
      await BULK_ACTS[ask.action].perform(deps, { workflowId, instanceId, runId: 0n }, ask);
      tally.done += 1;
    } else tally.passedOver += 1;
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    tally.fail(instanceId, error);
  }
}

async function isChosen(deps: ActOnInstancesDeps, ask: BulkAsk, { header }: RunSummary): Promise<boolean> {
  if (ask.stepStatuses.length === 0) return true;
  const plan = await planOfRun(deps.definitions, header);
  const ordinal = ordinalOf(plan, ask.stepId);
  const sketch = await deps.reader.sketch(header.runKey);
  const status = latestAttempts(sketch?.run.attempts ?? []).get(ordinal)?.status ?? 'NOT_CREATED';
  return ask.stepStatuses.includes(status);
}

class Tally {
  done: number;
  passedOver: number;
  private failed: number;
  private readonly failures: BulkFailure[];

  constructor(from: BulkState) {
    this.done = from.done;
    this.passedOver = from.passedOver;
    this.failed = from.failed;
    this.failures = [...from.failures];
  }

  fail(instanceId: bigint, { code, message }: MaestroError): void {
    this.failed += 1;
    if (this.failures.length < MAX_FAILURES) this.failures.push({ instance: String(instanceId), code, message });
  }

  state(): Pick<BulkState, 'done' | 'passedOver' | 'failed' | 'failures'> {
    const { done, passedOver, failed, failures } = this;
    return { done, passedOver, failed, failures: [...failures] };
  }
}
