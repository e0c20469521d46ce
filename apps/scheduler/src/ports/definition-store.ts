import type { WorkflowKey } from '@maestro/domain';
import type { Plan } from '@maestro/engine';
import type { QueueSeed } from '../commit/input.js';

/** ResolvedWorkflow is what a version selector stands for now. */
export interface ResolvedWorkflow {
  readonly seed: QueueSeed;
  readonly version: bigint;
  /** Revision of the job templates now; absent: the version uses none. */
  readonly templateRevision?: number | undefined;
  /** How many steps of the workflow may run at a time; absent = any number. */
  readonly stepConcurrency?: number | undefined;
  /** The definition service was away: taken from this service's own copy. */
  readonly stale: boolean;
}

/** DefinitionStore knows definitions: pointers always fresh, immutable versions compiled and cached. */
export interface DefinitionStore {
  /** Throws WORKFLOW_NOT_FOUND, VERSION_NOT_FOUND, NO_ACTIVE_VERSION. */
  resolve(workflowId: string, version: string): Promise<ResolvedWorkflow>;
  /**
   * The compiled version, with the job templates as they were at a revision; throws VERSION_NOT_FOUND when it does not exist (any more).
   */
  plan(workflowKey: WorkflowKey, version: bigint, templateRevision?: number): Promise<Plan>;
  /** The compiled version if it is in memory. */
  cachedPlan(workflowKey: WorkflowKey, version: bigint, templateRevision?: number): Plan | undefined;
}
