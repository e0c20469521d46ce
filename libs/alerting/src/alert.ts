import type { AlertType, Millis } from '@maestro/domain';

/** RunReference names one run. */
export interface RunReference {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
}

/** AlertSubject is what an alert is about: a workflow, a run of it, or a step of a run. */
export interface AlertSubject {
  readonly workflowId: string;
  readonly instanceId?: bigint;
  readonly runId?: bigint;
  readonly stepId?: string;
}

/** Alert is one thing that people are told of. */
export interface Alert {
  /** The same thing found again has the same key, and is told once. */
  readonly key: string;
  /** Several alerts may be news of one incident: that it will be late, then that it is. */
  readonly incident: string;
  readonly type: AlertType;
  readonly tenant: string;
  readonly subject: AlertSubject;
  readonly time: Millis;
  /** One sentence. */
  readonly summary: string;
  /** What else helps, a line each. */
  readonly details: readonly string[];
  /** Told only when no step of its run was told of under the same type: the run failed because they did. */
  readonly unlessStepTold?: boolean;
}
