import type { ErrorCode, StartRequest } from '@maestro/domain';

/** TriggeredStart is an instance that a trigger starts; its request id says which match, so that it is started once. */
export interface TriggeredStart {
  readonly workflowId: string;
  readonly request: StartRequest;
}

/** StartResult is what the scheduler says of it. */
export type StartResult =
  | { readonly kind: 'started'; readonly instanceId: bigint; readonly runId: bigint; readonly duplicate: boolean }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string };

/** WorkflowStarter starts the active versions of workflows. Rejects when the scheduler does not answer. */
export interface WorkflowStarter {
  /** Answers in the order of the starts. */
  start(starts: readonly TriggeredStart[]): Promise<readonly StartResult[]>;
}
