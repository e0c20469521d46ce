import type { RunStrategyRule, WorkflowKey } from '@maestro/domain';

/** QueueRow is one workflow's run-strategy queue: everything admission needs to know. */
export interface QueueRow {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly tenant: string;
  readonly rule: RunStrategyRule;
  readonly concurrency: number;
  readonly revision: bigint;
  readonly activeVersion: bigint;
  readonly nextInstance: bigint;
  readonly running: number;
  readonly queued: number;
  readonly blockingFailed: number;
  readonly paused: boolean;
  readonly closed: boolean;
}

/** QueueEntry is one run that waits for its run strategy. */
export interface QueueEntry {
  readonly workflowKey: WorkflowKey;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly runKey: bigint;
}

/** InstanceRun is the identity of one run and the request that made it. */
export interface InstanceRun extends QueueEntry {
  readonly version: bigint;
  readonly requestId: string;
  readonly requestHash: Uint8Array;
  readonly startStatus: 'CREATED' | 'STOPPED';
}
