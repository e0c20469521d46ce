import type { JsonObject, Millis } from '@maestro/domain';
import type { TagKey } from '../rows/permit-rows.js';

/** TagPermit is a tag with a limit, as people look at it. */
export interface TagPermit extends TagKey {
  readonly limit: number;
  readonly held: number;
  /** How many attempts wait for it. */
  readonly waiting: number;
  /** What people have given with the limit. */
  readonly extra: JsonObject;
  readonly modifyTime: Millis;
}

/** PermitUser is an attempt that holds a permit or waits for it. */
export interface PermitUser {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
  readonly stepId: string;
  readonly attempt: number;
  /** When it asked. */
  readonly since: Millis;
}

/** TagPermitUse is a limit with who uses it: the first 200 each. */
export interface TagPermitUse {
  readonly permit: TagPermit;
  /** In the order of asking. */
  readonly holders: readonly PermitUser[];
  /** In the order in which they are served. */
  readonly waiters: readonly PermitUser[];
}

/** PermitReader looks at limits and their use without locking anything. */
export interface PermitReader {
  /** Limits that were set, by name; at most 10,000. */
  list(tenant: string): Promise<readonly TagPermit[]>;
  /** undefined: the tag has no limit. */
  find(tag: TagKey): Promise<TagPermitUse | undefined>;
}
