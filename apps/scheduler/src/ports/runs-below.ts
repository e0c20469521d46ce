import type { AttemptKey, Param } from '@maestro/domain';
import type { RunHeader } from '@maestro/engine';

/** VersionOfRun is what names the plan of a run. */
export type VersionOfRun = Pick<RunHeader, 'workflowKey' | 'version' | 'templateRevision'>;

/** RunsBelowReader reads params of steps in runs that a step started. */
export interface RunsBelowReader {
  /** A param of the latest attempt of a step in the latest run of each iteration; by 0-based index, those that have it. */
  ofIterations(inlineWorkflowId: string, ordinal: number, name: string): Promise<ReadonlyMap<number, Param>>;
  /** A param of the latest attempt of a step of the run that an attempt started. */
  ofChild(parent: AttemptKey, stepOrdinal: number, name: string): Promise<Param | undefined>;
  /** The workflow and version of the run that an attempt started. */
  versionOfChild(parent: AttemptKey): Promise<VersionOfRun | undefined>;
}
