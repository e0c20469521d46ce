import type { RunReference } from '@maestro/alerting';
import type { Millis, Params, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';

/** RunFacts is what alerts need to know of a run. */
export interface RunFacts {
  readonly run: RunReference;
  readonly status: WorkflowInstanceStatus;
  readonly params: Params;
  /** RUN_TS: the time that the run stands for. */
  readonly runTs: Millis;
  readonly timezone: string;
  readonly startTime?: Millis;
  readonly endTime?: Millis;
}

/** RunSpan is when a run that has succeeded was under way. */
export interface RunSpan {
  readonly run: RunReference;
  readonly startTime: Millis;
  readonly endTime: Millis;
}

/** StepFacts is what alerts need to know of a step: its latest attempt. */
export interface StepFacts {
  readonly stepId: string;
  readonly status: StepStatus;
  readonly startTime?: Millis;
  readonly endTime?: Millis;
  /** What it says of its failure, a line each. */
  readonly errors: readonly string[];
}

/** Runs asks the scheduler. What is gone, or cannot be read for good, is undefined; throws where asking again would help. */
export interface Runs {
  run(run: RunReference): Promise<RunFacts | undefined>;
  step(run: RunReference, stepId: string): Promise<StepFacts | undefined>;
  steps(run: RunReference): Promise<readonly StepFacts[]>;
  /** The latest successes of a workflow, newest instance first. */
  successes(workflowId: string, limit: number): Promise<readonly RunSpan[]>;
  /** The latest run of a workflow. */
  latest(workflowId: string): Promise<RunFacts | undefined>;
}
