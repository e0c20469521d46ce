import type { Millis, RunKey, StartRequest, WorkflowKey } from '@maestro/domain';
import type { ChildRequest, EngineEvent, ParentRef, Plan, RestartRequest, Verdict } from '@maestro/engine';
import type { QueueRow } from '../rows/queue-row.js';

/** EventInput is something that happened to one run. `settle` is called after the commit. */
export interface EventInput {
  readonly kind: 'event';
  readonly runKey: RunKey;
  readonly event: EngineEvent;
  /** Set when the event came from a pending-action row, which the commit deletes. */
  readonly pendingActionId?: bigint;
  /** Set when the event came from a wakeup row: when that was due. */
  readonly wakeupDueAt?: Millis;
  settle(verdict: Verdict): void;
  fail(error: Error): void;
}

/** StartOutcome is the answer to a start. */
export interface StartOutcome {
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly runKey: RunKey;
  readonly version: bigint;
  readonly status: 'CREATED' | 'DUPLICATED' | 'STOPPED';
  readonly requestDiffers: boolean;
}

/** QueueSeed is what the definition service says of a workflow now: creates or refreshes its queue row. */
export type QueueSeed = Pick<
  QueueRow,
  'workflowKey' | 'workflowId' | 'tenant' | 'rule' | 'concurrency' | 'revision' | 'activeVersion'
>;

/** StartedBelow is what the run of a subworkflow step has from the run that started it. */
export interface StartedBelow {
  readonly parent: ParentRef | undefined;
  readonly correlationId: string;
  readonly instanceStepConcurrency: number | undefined;
}

/** StartInput asks for a new instance of a resolved version. */
export interface StartInput {
  readonly kind: 'start';
  readonly seed: QueueSeed;
  readonly plan: Plan;
  readonly request: StartRequest;
  /** The request as it is stored: a StartWorkflowRequest. */
  readonly origin: Uint8Array;
  /** Hash of the request's body: tells a repeat from another request under the same id. */
  readonly requestHash: Uint8Array;
  readonly traceparent: string | undefined;
  /** Of the run of a subworkflow step: who hears of its end, and the correlation id that it inherits. */
  readonly child?: StartedBelow;
  /** The start is the next run of an instance. */
  readonly restart?: RestartInput | undefined;
  settle(outcome: StartOutcome): void;
  fail(error: Error): void;
}

/** RestartInput says what the run before was, and whether its failure holds the queue. */
export interface RestartInput extends RestartRequest {
  readonly blocking: boolean;
}

/** ChildAsk is what a subworkflow step asks for. A step that does not wait for the run is not its parent. */
export interface ChildAsk {
  readonly request: ChildRequest;
  readonly parent: ParentRef | undefined;
  readonly traceparent: string | undefined;
}

/** QueueAct is an act on a workflow's whole queue. */
export type QueueAct =
  /** Admit what the queue now allows: after a change of limits, or by the sweep. */
  | { readonly type: 'admit'; readonly seed?: QueueSeed }
  /** Stop or kill everything that is queued or running. */
  | { readonly type: 'end-all'; readonly end: 'stop' | 'kill'; readonly by: string; readonly reason: string }
  /** Failed runs no longer hold a STRICT_SEQUENTIAL queue; one instance, or all. */
  | { readonly type: 'unblock'; readonly instanceId?: bigint }
  /** Launch nothing until it is resumed; starts are queued. The row is made if the workflow was never started. */
  | { readonly type: 'pause'; readonly paused: boolean; readonly seed: QueueSeed }
  /** Take no further starts: the workflow is being deleted. Refused while anything is queued or running. */
  | { readonly type: 'close' };

/** QueueActOutcome counts what an act touched. */
export interface QueueActOutcome {
  readonly queued: number;
  readonly running: number;
  readonly unblocked: number;
}

export interface QueueInput {
  readonly kind: 'queue';
  readonly workflowKey: WorkflowKey;
  readonly act: QueueAct;
  settle(outcome: QueueActOutcome): void;
  fail(error: Error): void;
}

export type Input = EventInput | StartInput | QueueInput;
