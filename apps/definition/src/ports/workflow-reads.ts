import type { Millis, PropertiesSnapshot, RunStrategy, WorkflowKey } from '@maestro/domain';
import type { Page, PageAsk } from '@maestro/service';
import type { Selector } from './selector.js';
import type { Activation, VersionRecord } from './version-record.js';
import type { WorkflowRecord } from './workflow-record.js';

/** VersionState is one version and when it was last activated. */
export interface VersionState {
  readonly version: VersionRecord;
  readonly activation?: Activation;
}

/** Found is a workflow and, where the selector names one that exists, its version. */
export interface Found {
  readonly workflow: WorkflowRecord;
  readonly state?: VersionState;
}

/** Resolution is what the pointers of a workflow are now; `version` is absent when the selector names none. */
export interface Resolution {
  readonly workflowKey: WorkflowKey;
  readonly workflowId: string;
  readonly tenant: string;
  readonly activeVersion?: bigint;
  readonly latestVersion: bigint;
  readonly runStrategy: RunStrategy;
  readonly revision: bigint;
  readonly version?: bigint;
  readonly stepConcurrency?: number;
  /** 0 = the version uses no job templates. */
  readonly templateRevision: bigint;
}

/** Wanted is one question of a resolve. */
export interface Wanted {
  readonly workflowId: string;
  readonly selector: Selector;
}

/** WorkflowFilter narrows a list; absent fields do not. */
export interface WorkflowFilter {
  /** Part of the id, name or description, case-insensitive. */
  readonly text?: string;
  readonly owner?: string;
  readonly tag?: string;
  readonly tenant?: string;
  readonly active?: boolean;
}

/** Which incarnation: the present one of an id, or the one of a key. */
export type Incarnation = { readonly workflowId: string } | { readonly workflowKey: WorkflowKey };

/** TimelineLine is one line of a workflow's change timeline. */
export interface TimelineLine {
  readonly author: string;
  readonly log: string;
  readonly time: Millis;
}

/** WorkflowReads answers questions; what is being removed is not seen. */
export interface WorkflowReads {
  find(which: Incarnation, selector: Selector): Promise<Found | undefined>;
  /** In the order of the questions; undefined where there is no such workflow. One statement, whatever their number. */
  resolve(wanted: readonly Wanted[]): Promise<readonly (Resolution | undefined)[]>;
  workflow(workflowId: string): Promise<WorkflowRecord | undefined>;
  /** Newest change first, keyed by revision. */
  list(filter: WorkflowFilter, ask: PageAsk): Promise<Page<WorkflowRecord>>;
  /** Newest version first, keyed by version. */
  versions(workflowKey: WorkflowKey, ask: PageAsk): Promise<Page<VersionState>>;
  /** Newest first, keyed by the time that names a snapshot. */
  propertiesHistory(
    workflow: Pick<WorkflowRecord, 'workflowKey' | 'workflowId'>,
    ask: PageAsk,
  ): Promise<Page<PropertiesSnapshot>>;
  snapshot(workflowKey: WorkflowKey, time: Millis): Promise<PropertiesSnapshot | undefined>;
  timeline(workflowKey: WorkflowKey, limit: number): Promise<readonly TimelineLine[]>;
  /** Ids that begin like the given one, for "did you mean". */
  near(workflowId: string): Promise<readonly string[]>;
}
