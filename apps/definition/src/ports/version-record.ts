import type { GitInfo, JsonObject, Millis, Workflow } from '@maestro/domain';

/** VersionRecord is one immutable version. */
export interface VersionRecord {
  readonly version: bigint;
  readonly workflow: Workflow;
  readonly gitInfo?: GitInfo;
  readonly extraInfo?: JsonObject;
  readonly author: string;
  readonly createTime: Millis;
}

/** Activation tells when a version was last made the active one, and by whom. */
export interface Activation {
  readonly time: Millis;
  readonly author: string;
}
