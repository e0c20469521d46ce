import type { Alerting, Properties } from '@maestro/domain';

/** WorkflowAlerting is what a workflow wants to be told of. */
export interface WorkflowAlerting {
  readonly workflowId: string;
  readonly tenant: string;
  /** Absent: nothing. */
  readonly alerting?: Alerting;
}

/** WorkflowAlertings keeps what workflows want to be told of, as the definition service last said. */
export interface WorkflowAlertings {
  /** find answers undefined for a workflow that was never asked for. */
  find(workflowId: string): Promise<WorkflowAlerting | undefined>;
  /** put stores it unless what is known comes later in definition's feed. */
  put(alerting: WorkflowAlerting, sequence: bigint): Promise<void>;
}

/** AlertingSource asks the definition service. */
export interface AlertingSource {
  /** read answers the properties that hold now; undefined where there is no such workflow. */
  read(workflowId: string): Promise<Pick<Properties, 'alerting' | 'alertingDisabled'> | undefined>;
}
