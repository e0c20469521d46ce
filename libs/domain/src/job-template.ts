import type { GitInfo } from './definition.js';
import type { JsonObject } from './json.js';
import type { ParamDefinitions } from './param.js';
import type { Step } from './step.js';
import type { Tag } from './tag.js';
import type { Millis } from './time.js';
import type { User } from './user.js';

/** DEFAULT_TEMPLATE_VERSION is the version of a job template that holds where nobody names one. */
export const DEFAULT_TEMPLATE_VERSION = 'default';

/** TEMPLATE_VERSION_PARAM is the workflow param that names the version of job templates for steps that do not (spec §1.11). */
export const TEMPLATE_VERSION_PARAM = 'job_template_version';

/** JobTemplateDefinition is what the steps of a sub-type get: params and tags, or the steps that a template step becomes. */
export interface JobTemplateDefinition {
  readonly jobType: string;
  /** The step type that it is for; `template` when it has steps. */
  readonly stepType: string;
  readonly version: string;
  readonly description?: string;
  readonly tags?: readonly Tag[];
  /** Job type -> version of the templates it builds on; in order, later ones override earlier ones. */
  readonly inheritFrom?: Readonly<Record<string, string>>;
  readonly params?: ParamDefinitions;
  readonly steps?: readonly Step[];
}

/** JobTemplateRequest is what a user puts: a template, who answers for it, and where it came from. */
export interface JobTemplateRequest {
  readonly owner: User;
  /** Free text: alpha, stable, .. */
  readonly status: string;
  /** Free text: who helps. */
  readonly support: string;
  readonly testWorkflows?: readonly string[];
  readonly gitInfo?: GitInfo;
  readonly definition: JobTemplateDefinition;
  readonly extraInfo?: JsonObject;
}

/** JobTemplate is a template as it is kept. */
export interface JobTemplate extends JobTemplateRequest {
  readonly versionAuthor: User;
  readonly createTime: Millis;
}
