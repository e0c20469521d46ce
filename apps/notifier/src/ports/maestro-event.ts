import type { Alert } from '@maestro/alerting';
import type { Millis, SignalInstance, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';

/** RunName names a run of an instance. */
export interface RunName {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly workflowUuid: string;
  readonly correlationId: string;
}

interface Happened {
  /** The same for every telling of the same event. */
  readonly id: string;
  readonly time: Millis;
  readonly tenant: string;
}

export interface RunStatusChanged extends Happened, RunName {
  readonly type: 'run';
  /** Absent: the run began with this change. */
  readonly oldStatus?: WorkflowInstanceStatus;
  readonly newStatus: WorkflowInstanceStatus;
}

export interface StepStatusChanged extends Happened, RunName {
  readonly type: 'step';
  readonly stepId: string;
  readonly attemptId: number;
  /** Absent: the attempt began with this change. */
  readonly oldStatus?: StepStatus;
  readonly newStatus: StepStatus;
}

export interface SignalAnnounced extends Happened {
  readonly type: 'signal';
  readonly signal: SignalInstance;
  readonly announcedBy?: string;
}

/** What happened to the definition of a workflow. */
export type WorkflowChangeKind = 'pushed' | 'activated' | 'deactivated' | 'properties-changed' | 'removed';

export interface WorkflowChanged extends Happened {
  readonly type: 'workflow';
  readonly change: WorkflowChangeKind;
  readonly workflowId: string;
  /** One for each life of a workflow id. */
  readonly workflowKey: bigint;
  /** Absent: none is active. */
  readonly activeVersion?: bigint;
  readonly latestVersion: bigint;
  readonly author?: string;
  /** Position in definition's feed. */
  readonly sequence: bigint;
}

/** AlertRaised: something was found that a workflow wants to be told of. */
export interface AlertRaised extends Happened {
  readonly type: 'alert';
  readonly workflowId: string;
  readonly alert: Alert;
}

/** MaestroEvent is what happened, as listeners hear it. */
export type MaestroEvent = RunStatusChanged | StepStatusChanged | SignalAnnounced | WorkflowChanged | AlertRaised;
