import type { ParamDefinitions } from './param.js';

/** WorkerType is one version of a step type that remote workers run, as they register it. */
export interface WorkerType {
  /** Names count in any case. */
  readonly name: string;
  /** Newer = higher, part by part: 1.10 comes after 1.9. */
  readonly version: string;
  readonly doc: string;
  readonly params: ParamDefinitions;
  /** Names of the params that the worker writes. */
  readonly outputs: readonly string[];
  /** Workflows of only this tenant may use it; empty = all. */
  readonly tenant: string;
}

/** UsedStepType is what a step's `type` meant when its version was pushed. */
export interface UsedStepType {
  /** As steps write it: a name, or name@version. */
  readonly written: string;
  readonly type: WorkerType;
}
