import type { Millis, RunStrategy, TimeTrigger, WorkflowKey } from '@maestro/domain';

/** CHANGE_KINDS are what the feed tells of. */
export const CHANGE_KINDS = ['PUSHED', 'ACTIVATED', 'DEACTIVATED', 'PROPERTIES_CHANGED', 'REMOVED'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Change is one entry of the feed: what a workflow is after it. */
export interface Change {
  /** Dense, and in the order of the commits. */
  readonly sequence: bigint;
  readonly kind: ChangeKind;
  readonly workflowId: string;
  readonly workflowKey: WorkflowKey;
  readonly tenant: string;
  readonly activeVersion?: bigint;
  readonly latestVersion: bigint;
  readonly runStrategy: RunStrategy;
  readonly author: string;
  readonly time: Millis;
  /** How many steps of the workflow may run at a time; absent = any number. */
  readonly stepConcurrency?: number;
  /** Of the active version, unless they are disabled: as they are when the change is read. */
  readonly timeTriggers?: readonly TimeTrigger[];
}
