import { MaestroError, type StepStatus, type WorkflowInstanceStatus } from '@maestro/domain';
import type { ListFilter, RunReader, RunSummary } from '../ports/run-reader.js';
import { ordinalOf } from '../queries/find-step.js';
import { latestAttempts } from '../queries/latest-attempts.js';
import { BULK_ACTS, type BulkActDeps, type BulkActionName, type OneOfMany } from './bulk-acts.js';
import { planOfRun } from '../ports/plan-of-run.js';

export type ActOnInstancesDeps = BulkActDeps & {
  readonly reader: Pick<RunReader, 'list' | 'queue'>;
};

/** BulkAsk is what somebody wants of many runs, and of which. */
export interface BulkAsk extends OneOfMany {
  readonly workflowId: string;
  readonly action: BulkActionName;
  /** Empty = those that the action fits. */
  readonly statuses: readonly WorkflowInstanceStatus[];
  /** Empty = whatever the steps are. */
  readonly stepStatuses: readonly StepStatus[];
}

/** BulkProgress counts instances. */
export interface BulkProgress {
  readonly total: bigint;
  readonly done: number;
  readonly passedOver: number;
  readonly failed: number;
  /** Since the last time; the first 100 in all. */
  readonly failures: readonly { readonly instanceId: bigint; readonly error: MaestroError }[];
  readonly finished: boolean;
}

/** Runs that are acted on at the same time: they share commits, and starts of others have room beside them. */
const AT_ONCE = 32;
const PAGE_SIZE = 200;
const MAX_FAILURES = 100;

/**
 * actOnInstances acts on the latest run of each instance that the filter chooses, newest first, until all are done or the signal aborts.
 * What it can do after a page does not depend on what it has done before: asked again, it goes on with what still fits.
 */
export async function* actOnInstances(deps: ActOnInstancesDeps, ask: BulkAsk): AsyncGenerator<BulkProgress> {
  const { workflowId, action } = ask;
  const statuses = ask.statuses.length > 0 ? ask.statuses : BULK_ACTS[action].fits;
  const filter: ListFilter = { workflowId, statuses };
  const tally = new Tally();
  let total: bigint | undefined;
  let cursor: bigint | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const page = await deps.reader.list(filter, { size: PAGE_SIZE, direction: 'older', ...from });
    total ??= page.totalCount;
    for (let at = 0; at < page.items.length && !ask.signal.aborted; at += AT_ONCE) {
      await Promise.all(page.items.slice(at, at + AT_ONCE).map((run) => one(deps, ask, run, tally)));
      yield { total, ...tally.take(), finished: false };
    }
    cursor = page.older;
  } while (cursor !== undefined && !ask.signal.aborted);
  yield { total, ...tally.take(), finished: !ask.signal.aborted };
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
  done = 0;
  passedOver = 0;
  private failed = 0;
  private untold: { readonly instanceId: bigint; readonly error: MaestroError }[] = [];

  fail(instanceId: bigint, error: MaestroError): void {
    this.failed += 1;
    if (this.failed <= MAX_FAILURES) this.untold.push({ instanceId, error });
  }

  take(): Omit<BulkProgress, 'total' | 'finished'> {
    const { done, passedOver, failed } = this;
    return { done, passedOver, failed, failures: this.untold.splice(0) };
  }
}
