import { DEFAULT_PARAMS, type DefaultParams } from '@maestro/params';

/** PlanSettings are what an installation puts around its definitions. */
export interface PlanSettings {
  /** What lies under the params of users. */
  readonly defaults: DefaultParams;
  /** What `params.getExecutionEnvironment()` answers. */
  readonly executionEnvironment: string;
  /** How many iterations a loop may make; the original's limit when it is not given. */
  readonly loopIterations?: number;
  /** Owner of the workflow, as its properties name it. */
  readonly owner?: string;
}

/** DEFAULT_SETTINGS hold where nothing is configured. */
export const DEFAULT_SETTINGS: PlanSettings = { defaults: DEFAULT_PARAMS, executionEnvironment: 'test' };
