import { MaestroError } from '@maestro/domain';
import type { RunReference as RunReferenceMessage } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import type { RunReference } from '../ports/run-reader.js';

/** runReferenceOf reads which run a caller means. Throws INVALID_REQUEST when it names none. */
export function runReferenceOf(run: RunReferenceMessage | undefined): RunReference {
  const violations = [
    ...(run?.workflowId ? [] : [{ path: 'run.workflow_id', message: 'is required' }]),
    ...((run?.workflowInstanceId ?? 0n) > 0n
      ? []
      : [{ path: 'run.workflow_instance_id', message: 'is required; instances are numbered from 1' }]),
    ...((run?.workflowRunId ?? 0n) >= 0n
      ? []
      : [{ path: 'run.workflow_run_id', message: 'is negative; runs are numbered from 1, and 0 is the latest' }]),
  ];
  if (run === undefined || violations.length > 0) {
    throw new MaestroError('INVALID_REQUEST', 'The request does not say which run it is about.', { violations });
  }
  return { workflowId: run.workflowId, instanceId: run.workflowInstanceId, runId: run.workflowRunId };
}
