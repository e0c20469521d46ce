import type { JobTemplate, JobTemplateRequest, Millis } from '@maestro/domain';

/** StoredTemplate is a version of a template with what only this service needs of it. */
export interface StoredTemplate {
  readonly template: JobTemplate;
  readonly tenant: string;
}

/** TemplateReads answers what job templates there are. */
export interface TemplateReads {
  /** All versions of some job types: now, or as they were at a revision. */
  ofTypes(jobTypes: readonly string[], revision?: bigint): Promise<readonly StoredTemplate[]>;
  /** One version of each type, or all versions of all, by type and version. */
  list(version?: string): Promise<readonly StoredTemplate[]>;
}

/** TemplateChange is a template to put, or to delete. */
export interface TemplateChange {
  readonly jobType: string;
  readonly version: string;
  readonly tenant: string;
  readonly author: string;
  /** Absent: the version is deleted. */
  readonly template?: JobTemplateRequest;
}

/** TemplateView is what a change is decided on: nobody else changes templates until it is committed. */
export interface TemplateView extends TemplateReads {
  readonly now: Millis;
}

/** TemplateStore keeps job templates: changes one after the other, in one order for all replicas. */
export interface TemplateStore extends TemplateReads {
  /** change commits what `decide` wants; nothing when that is nothing. Resolves with the time of the change. */
  change(decide: (view: TemplateView) => Promise<readonly TemplateChange[]>): Promise<Millis>;
}
