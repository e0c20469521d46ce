import { MaestroError } from '@maestro/domain';
import type { RunReference } from '../ports/run-reader.js';

/** KnownRange says which instances of a workflow, and which runs of one of them, there are. */
export interface KnownRange {
  readonly instances?: { readonly first: bigint; readonly last: bigint };
  /** Latest run of the instance asked for; absent when there is no such instance. */
  readonly latestRunId?: bigint;
}

/** instanceNotFound is the error for a reference that stands for no run. */
export function instanceNotFound(reference: RunReference, known: KnownRange): MaestroError {
  const { workflowId, instanceId, runId } = reference;
  const metadata = { workflow_id: workflowId, workflow_instance_id: `${instanceId}`, workflow_run_id: `${runId}` };
  return new MaestroError('INSTANCE_NOT_FOUND', `${missing(reference, known)}.`, { metadata });
}

function missing({ workflowId, instanceId, runId }: RunReference, { instances, latestRunId }: KnownRange): string {
  if (instances === undefined) return `Workflow "${workflowId}" has no instances; start it first, or check its id`;
  if (latestRunId === undefined || runId === 0n) {
    return `Workflow "${workflowId}" has instances ${span(instances.first, instances.last)}, and no instance ${instanceId}`;
  }
  return `Instance ${instanceId} of workflow "${workflowId}" has runs ${span(1n, latestRunId)}, and no run ${runId}`;
}

const span = (first: bigint, last: bigint): string => (first === last ? `${first}` : `${first}..${last}`);
