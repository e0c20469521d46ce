import { MaestroError, type Millis, type TriggerFinding } from '@maestro/domain';
import { explainFiring } from '../../explain/explain-firing.js';
import { explainTimeTrigger } from '../../explain/explain-time-trigger.js';
import type { StoredTrigger } from '../../ports/time-trigger-store.js';
import type { RunReader } from '../../ports/run-reader.js';
import { explain, type ExplainDeps } from '../explain-run.js';
import { triggersOf, type TriggerDeps } from './trigger-deps.js';
import { firingRequestId } from './trigger-id.js';

export type ExplainTriggersDeps = TriggerDeps & ExplainDeps & { readonly reader: Pick<RunReader, 'request'> };

/** ExplainedTriggers is why the triggers of a workflow fired or do not. */
export interface ExplainedTriggers {
  /** Why there are none. */
  readonly findings: readonly TriggerFinding[];
  readonly triggers: readonly { readonly row: StoredTrigger; readonly findings: readonly TriggerFinding[] }[];
}

interface Asked {
  readonly workflowId: string;
  /** Empty = all of the workflow. */
  readonly triggerId: string;
  /** What became of this time; undefined: how they stand. */
  readonly at: Millis | undefined;
}

/** explainTriggers reads the triggers of a workflow, and what their last firings wait for. Throws as triggersOf. */
export async function explainTriggers(
  deps: ExplainTriggersDeps,
  { workflowId, triggerId, at }: Asked,
): Promise<ExplainedTriggers> {
  const rows = await triggersOf(deps, workflowId, triggerId);
  if (rows.length === 0) return { findings: [await whyNone(deps, workflowId)], triggers: [] };
  const triggers = await Promise.all(rows.map(async (row) => ({ row, findings: await findingsOf(deps, row, at) })));
  return { findings: [], triggers };
}

async function findingsOf(
  deps: ExplainTriggersDeps,
  row: StoredTrigger,
  at: Millis | undefined,
): Promise<readonly TriggerFinding[]> {
  const compiled = deps.compiled.of(row);
  const now = deps.now();
  if (at === undefined) {
    const waiting = row.lastInstance === undefined ? [] : await waitingRun(deps, row, row.lastInstance);
    return [...explainTimeTrigger(row, compiled, now), ...waiting];
  }
  const requestId = firingRequestId(row.workflowId, row.identity, at);
  const instanceId = (await deps.reader.request(row.workflowKey, requestId))?.instanceId;
  const waiting = instanceId === undefined ? [] : await waitingRun(deps, row, instanceId);
  return [...explainFiring(row, compiled, { at, instanceId }, now), ...waiting];
}

/** What holds an instance that has not begun: its run strategy, most often. */
async function waitingRun(
  deps: ExplainTriggersDeps,
  { workflowId }: StoredTrigger,
  instanceId: bigint,
): Promise<readonly TriggerFinding[]> {
  try {
    const { status, explained } = await explain(deps, { workflowId, instanceId, runId: 0n }, '');
    if (status !== 'CREATED') return [];
    return explained.map(({ since, until, message, remedy }) => {
      return { kind: 'WAITING_RUN', since, until, message: `Instance ${instanceId} waits. ${message}`, remedy };
    });
  } catch (error) {
    // Retention has taken it.
    if (error instanceof MaestroError && error.code === 'INSTANCE_NOT_FOUND') return [];
    throw error;
  }
}

async function whyNone({ definitions }: ExplainTriggersDeps, workflowId: string): Promise<TriggerFinding> {
  try {
    const { seed, version, templateRevision } = await definitions.resolve(workflowId, 'active');
    const { workflow } = await definitions.plan(seed.workflowKey, version, templateRevision);
    return (workflow.timeTriggers ?? []).length === 0 ? NONE : SWITCHED_OFF;
  } catch (error) {
    if (error instanceof MaestroError && error.code === 'NO_ACTIVE_VERSION') return INACTIVE;
    throw error;
  }
}

const NONE: TriggerFinding = { kind: 'NONE', message: 'The active version has no time triggers.' };
const SWITCHED_OFF: TriggerFinding = {
  kind: 'SWITCHED_OFF',
  message: 'The time triggers of the active version are switched off, or it became active only just now.',
  remedy: 'Set the property time_trigger_disabled to false.',
};
const INACTIVE: TriggerFinding = {
  kind: 'INACTIVE',
  message: 'No version of the workflow is active, and triggers belong to the active one.',
  remedy: 'Activate a version.',
};
