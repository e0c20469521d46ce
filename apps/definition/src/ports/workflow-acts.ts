import type { JsonObject, Millis, WorkflowKey } from '@maestro/domain';
import type { ChangeKind } from './change.js';
import type { VersionRecord } from './version-record.js';
import type { WorkflowRecord } from './workflow-record.js';

/** ACT_KINDS are the acts that a request id can repeat. */
export const ACT_KINDS = ['push', 'activate', 'deactivate', 'update-properties', 'upsert-tag', 'delete-tag'] as const;
export type ActKind = (typeof ACT_KINDS)[number];

/** Act names what is asked for, of which workflow, and by whom. */
export interface Act {
  readonly kind: ActKind;
  readonly workflowId: string;
  /** Empty: the act is not idempotent. */
  readonly requestId: string;
  /** Hash of what is asked for; tells whether a repeated request id asks for something else. */
  readonly bodyHash: string;
  readonly author: string;
  readonly tenant: string;
}

/** ActView is what an act decides on: everything it reads is locked until it is committed. */
export interface ActView {
  readonly now: Millis;
  /** Absent when the id is free. A record that is being removed is there, with `removing`. */
  readonly workflow?: WorkflowRecord;
  /** A key for a new incarnation, and its global number. */
  newIdentity(): Promise<{ readonly workflowKey: WorkflowKey; readonly internalId: bigint }>;
  versionExists(version: bigint): Promise<boolean>;
}

/** WorkflowAfter is a record as an act leaves it; the store adds the revision and the times. */
export type WorkflowAfter = Omit<WorkflowRecord, 'revision' | 'createTime' | 'modifyTime' | 'removing'>;

/** Write is all that one act changes. */
export interface Write {
  readonly kind: ChangeKind;
  readonly after: WorkflowAfter;
  /** True when `after` is a new incarnation. */
  readonly created?: boolean;
  readonly newVersion?: VersionRecord;
  /** The version that became the active one. */
  readonly activated?: bigint;
  /** What was asked to change of the properties, as the API writes it; kept in their history beside the snapshot. */
  readonly propertiesChange?: JsonObject;
  /** One line for people. */
  readonly log: string;
}

/** Decision is what an act does: nothing (`write` absent) or one write. */
export interface Decision {
  readonly write?: Write;
  readonly workflowKey: WorkflowKey;
  /** The version that the answer names. */
  readonly version?: bigint;
  /** When it happened; names the properties snapshot of the answer. */
  readonly time: Millis;
}

/** Receipt is what is kept of an act under its request id: enough to answer a repeat alike. */
export interface Receipt {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly version?: bigint;
  readonly author: string;
  readonly time: Millis;
}

export interface ActOutcome {
  readonly receipt: Receipt;
  /** The same request id had been asked with another body. */
  readonly requestDiffers: boolean;
}

/** WorkflowActs does one act at a time to a workflow: lock, decide, write, commit. */
export interface WorkflowActs {
  /**
   * perform answers with the receipt of the same request id when there is one, else decides under the workflow's lock,
   * writes the decision with its change in one transaction, and tells the feed. Whatever `decide` throws is thrown.
   */
  perform(act: Act, decide: (view: ActView) => Promise<Decision>): Promise<ActOutcome>;
}
