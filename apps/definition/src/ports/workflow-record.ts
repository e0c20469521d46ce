import type { Millis, PropertiesSnapshot, Tag, WorkflowKey } from '@maestro/domain';

/** WorkflowRecord is one incarnation of a workflow id: its pointers and its properties. */
export interface WorkflowRecord {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly tenant: string;
  /** Global sequence that starts at 10000. */
  readonly internalId: bigint;
  readonly activeVersion?: bigint;
  readonly latestVersion: bigint;
  readonly properties: PropertiesSnapshot;
  /** Name in the latest version. */
  readonly name?: string;
  /** Tags in the latest version; the dynamic ones are among the properties. */
  readonly definitionTags: readonly Tag[];
  /** Sequence of its latest change in the feed; only grows. */
  readonly revision: bigint;
  /** Its versions are being removed: only an act may see it. */
  readonly removing: boolean;
  readonly createTime: Millis;
  readonly modifyTime: Millis;
}
