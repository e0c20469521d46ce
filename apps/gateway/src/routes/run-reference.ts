import type { RestCall } from '../http/rest-call.js';

/** RunTarget names a run in calls to the services; run 0 is the latest. */
export interface RunTarget {
  readonly workflowId: string;
  readonly workflowInstanceId: bigint;
  readonly workflowRunId: bigint;
}

/** runOf is the run that the path names; a path without a run means the latest. */
export function runOf(call: RestCall): RunTarget {
  return {
    workflowId: call.param('id'),
    workflowInstanceId: call.number('instance'),
    workflowRunId: call.params['run'] === undefined ? 0n : call.numberOrLatest('run'),
  };
}
