import type { Millis, WorkflowKey } from '@maestro/domain';

/** TriggerKey names a row. */
export interface TriggerKey {
  readonly workflowKey: WorkflowKey;
  readonly triggerId: string;
}

/** NewTrigger is a trigger of a version that became active. */
export interface NewTrigger extends TriggerKey {
  readonly workflowId: string;
  readonly shard: number;
  readonly identity: string;
  /** JSON as definitions write it. */
  readonly definition: string;
}

/** StoredTrigger is a trigger with how far it has come. */
export interface StoredTrigger extends NewTrigger {
  readonly generation: bigint;
  readonly watermark: Millis;
  readonly nextFireAt: Millis | undefined;
  readonly nextNominal: Millis | undefined;
  readonly pausedAt: Millis | undefined;
  readonly pausedBy: string | undefined;
  readonly reason: string | undefined;
  readonly fired: bigint;
  readonly skipped: bigint;
  readonly lastNominal: Millis | undefined;
  readonly lastInstance: bigint | undefined;
}

/** Advance is what a round of firings has done to a trigger; it is written only over the generation and watermark that were planned with. */
export interface Advance extends TriggerKey {
  readonly generation: bigint;
  /** The watermark that was planned with. */
  readonly from: Millis;
  readonly watermark: Millis;
  readonly nextFireAt: Millis | undefined;
  readonly nextNominal: Millis | undefined;
  readonly reason: string | undefined;
  /** How many more have started and were skipped. */
  readonly fired: number;
  readonly skipped: number;
  readonly lastNominal: Millis | undefined;
  readonly lastInstance: bigint | undefined;
}

/** WorkflowTriggers are all time triggers that a workflow has now. */
export interface WorkflowTriggers {
  readonly workflowKey: WorkflowKey;
  readonly triggers: readonly NewTrigger[];
}

/** TimeTriggerStore keeps time triggers. */
export interface TimeTriggerStore {
  /** What is due in these shards up to a time, earliest first. */
  due(shards: readonly number[], until: Millis, limit: number): Promise<readonly StoredTrigger[]>;
  /** Those of the present incarnation of a workflow id. */
  ofWorkflow(workflowId: string): Promise<readonly StoredTrigger[]>;
  advance(rows: readonly Advance[]): Promise<void>;
  /** `pausedBy` undefined: resume, and look at it at once; `watermark`: forget what was missed. */
  setPaused(
    keys: readonly TriggerKey[],
    change: { readonly at: Millis; readonly pausedBy?: string; readonly watermark?: Millis },
  ): Promise<void>;
  /**
   * follow hands on definition's feed: `read` gets the position and answers what the workflows have now and the next position, until there is
   * nothing more. One replica does it at a time; answers whether this one did.
   */
  follow(
    at: () => Millis,
    read: (
      after: bigint,
    ) => Promise<{ readonly position: bigint; readonly changes: readonly WorkflowTriggers[] } | undefined>,
  ): Promise<boolean>;
}
