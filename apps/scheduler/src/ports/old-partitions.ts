import type { Millis } from '@maestro/domain';
import type { Pin, Span } from '../retention/expendable.js';

/** OldPartition is a week of one retention class. */
export interface OldPartition extends Span {
  readonly retentionClass: number;
  readonly suffix: string;
  /** When its week was over. */
  readonly endsAt: Millis;
}

/** OldPartitions looks after the weeks of runs, as the one replica that holds the lease on them. */
export interface OldPartitions {
  /** Does the work unless another replica is at it; answers whether it was done here. */
  alone(work: (partitions: LeasedPartitions) => Promise<void>): Promise<boolean>;
}

export interface LeasedPartitions {
  all(): Promise<readonly OldPartition[]>;
  /** Weeks that are not part of the tables any more: somebody died while taking them away. */
  detached(): Promise<readonly OldPartition[]>;
  /** Does it hold runs under way, ancestors of such runs, or iterations of loops that are under way? */
  isHeld(partition: OldPartition): Promise<boolean>;
  /** The restarts that still need runs of these weeks. */
  pins(partitions: readonly OldPartition[]): Promise<readonly Pin[]>;
  /** Takes its runs out of what is read; they are still there. */
  detach(partition: OldPartition): Promise<void>;
  /** Puts its runs back. */
  attach(partition: OldPartition): Promise<void>;
  /** Forgets the identities of its runs, in batches, and then drops or archives it. */
  remove(partition: OldPartition): Promise<void>;
}
