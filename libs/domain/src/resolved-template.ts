import type { ParamDefinitions } from './param.js';
import type { Step } from './step.js';
import type { Tag } from './tag.js';

/** ResolvedTemplate is a template with what it inherits. */
export interface ResolvedTemplate {
  readonly jobType: string;
  readonly version: string;
  readonly stepType: string;
  readonly tags: readonly Tag[];
  readonly params: ParamDefinitions;
  readonly steps: readonly Step[];
  /** Why it cannot be used, as a sentence: a parent that does not exist, a circle of parents. */
  readonly problem?: string;
}
