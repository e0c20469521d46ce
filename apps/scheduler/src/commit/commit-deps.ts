import type { Millis, RunKey } from '@maestro/domain';
import type { Evaluator } from '@maestro/evaluation';
import type { Logger } from '@maestro/telemetry';
import type { Assembly } from './assemble.js';
import type { DefinitionStore } from '../ports/definition-store.js';
import type { BreakpointBook } from './breakpoint-book.js';
import type { RunStore } from '../ports/run-store.js';
import type { RunsBelowReader } from '../ports/runs-below.js';
import type { SignalService } from '../ports/signal-service.js';
import type { Suspect } from '../loops/dispatch-watch.js';
import type { ChildAsk, Input, StartOutcome } from './input.js';
import type { Outgoing } from './encode/outgoing.js';
import type { Timing } from '../ports/timing.js';
import type { LimitedTags } from '../permits/limited-tags.js';
import type { PoolRoom } from './pool-room.js';
import type { RememberedQueues } from './remembered-queues.js';
import type { RunCache } from './run-cache.js';
import type { RunWatchers } from './run-watchers.js';

/** Publisher sends what a committed batch decided to send; resolves once the broker has it all, rejects otherwise. */
export interface Publisher {
  publish(messages: readonly Outgoing[]): Promise<void>;
}

/** CommitMetrics observes the loop. */
export interface CommitMetrics {
  batch(inputs: number, steps: number): void;
  commitMs(elapsed: number): void;
  decideMs(elapsed: number): void;
  conflict(): void;
  parked(): void;
}

/** CommitDeps is everything the commit loop needs from outside. */
export interface CommitDeps {
  readonly store: RunStore;
  readonly definitions: DefinitionStore;
  readonly below: RunsBelowReader;
  readonly cache: RunCache;
  readonly queues: RememberedQueues;
  readonly room: PoolRoom;
  /** Which tags are limited. */
  readonly limited: LimitedTags;
  readonly breakpoints: Pick<BreakpointBook, 'of'>;
  readonly publisher: Publisher;
  readonly watchers: RunWatchers;
  /** Evaluates with full limits, apart from this loop. */
  readonly evaluator: Evaluator;
  /** Waits and announces for steps. */
  readonly signals: SignalService;
  readonly metrics: CommitMetrics;
  readonly logger: Logger;
  readonly timing: Timing;
  /** Postgres' time. */
  now(): Millis;
  /** A key for a new run, in the given shard or any that this replica decides for. */
  newRunKey(at: Millis, shard?: number, retentionClass?: number): RunKey;
  /** A number no other batch of any replica has. */
  newBatchId(): bigint;
  readonly replicaId: string;
  /** Feed an input of the loop's own back into it: `continue`, `evaluated`. */
  feedBack(input: Input): void;
  /** Called after each commit with what it changed: for loops that wait for it. */
  afterCommit(assembly: Assembly): void;
  /** A run was changed by a commit of this replica: for watchers at others. */
  changed(runKey: RunKey): void;
  /** An attempt was dispatched long ago and nobody has claimed it. */
  suspect(suspect: Suspect): void;
  /** Start the run of a subworkflow step; throws as a start does. Resolves once it is stored. */
  startChild(ask: ChildAsk): Promise<StartOutcome>;
  /** Events were left for runs whose keys are not known: look for what is due. */
  rescan(): void;
  /** A run of this replica has a wakeup at this time. */
  wakeAt(runKey: RunKey, at: Millis): void;
}
