import type { AttemptKey, Param } from '@maestro/domain';

/** RunsBelowReader reads params of steps in runs that a step started. */
export interface RunsBelowReader {
  /** A param of the latest attempt of a step in the latest run of each iteration; by 0-based index, those that have it. */
  ofIterations(inlineWorkflowId: string, ordinal: number, name: string): Promise<ReadonlyMap<number, Param>>;
  /** A param of the latest attempt of a step of the run that an attempt started. */
  ofChild(parent: AttemptKey, stepOrdinal: number, name: string): Promise<Param | undefined>;
  /** The workflow and version of the run that an attempt started. */
  versionOfChild(parent: AttemptKey): Promise<{ readonly workflowKey: bigint; readonly version: bigint } | undefined>;
}
