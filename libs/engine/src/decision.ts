import type { TimelineEvent, WorkflowInstanceStatus } from '@maestro/domain';
import type { DispatchRef, EngineEvent } from './event.js';
import type { PermitTag } from './permits/permit-tags.js';
import type { IterationsAsk } from './loop/recall-iterations.js';
import type { EvaluationPhase, ParentRef, RunHeader, StepState } from './state.js';

/** Command is everything the engine may ask of the shell. Effects happen only after the change has been committed. */
export type Command =
  /** Hand the attempt to its pool: at once, or when the pool has room. */
  | (DispatchRef & { readonly type: 'dispatch-attempt' })
  /** Tell the executors to stop it; repeated until its end is committed. */
  | (DispatchRef & { readonly type: 'cancel-attempt'; readonly reason: string; readonly executorId?: string })
  /** Take these permits, or wait for them: in the same commit. They are the attempt's until it ends. */
  | {
      readonly type: 'request-permits';
      readonly ordinal: number;
      readonly attempt: number;
      readonly stepId: string;
      readonly tags: readonly PermitTag[];
      /** Smallest first. */
      readonly priority: number;
    }
  /** Have the signals found or waited for that an attempt depends on, and feed `waits-opened` back; repeated until it comes. */
  | { readonly type: 'open-waits'; readonly ordinal: number; readonly attempt: number }
  /** Nobody waits for these signals any more. */
  | { readonly type: 'close-waits'; readonly ordinal: number; readonly attempt: number }
  /** Announce the signals of an attempt, and feed `signals-announced` back; repeated until it comes. */
  | { readonly type: 'announce'; readonly ordinal: number; readonly attempt: number }
  /** Evaluate with full limits and feed `evaluated` back. */
  | {
      readonly type: 'evaluate';
      readonly ordinal: number;
      readonly attempt: number;
      readonly phase: EvaluationPhase;
    }
  /** Evaluate the params of the run with full limits and feed `run-evaluated` back. */
  | { readonly type: 'evaluate-run' }
  /** Store these iterations as runs, in the same commit. */
  | {
      readonly type: 'start-iterations';
      readonly ordinal: number;
      readonly attempt: number;
      readonly indexes: readonly number[];
    }
  /** Start the run of a subworkflow step, and feed `child-started`, `child-refused` back; repeated until one of them comes. */
  | { readonly type: 'start-child'; readonly ordinal: number; readonly attempt: number }
  /** Find out what became of the iterations of a loop in the runs before, and feed `iterations-recalled` back; repeated until it comes. */
  | {
      readonly type: 'recall-iterations';
      readonly ordinal: number;
      readonly attempt: number;
      readonly ask: IterationsAsk;
    }
  /** Stop all runs that the attempt started and that have not ended, in the same commit. */
  | { readonly type: 'end-children'; readonly ordinal: number; readonly attempt: number; readonly reason: string }
  /** Leave the event with all runs that the attempt started and that have not ended, in the same commit. */
  | { readonly type: 'tell-children'; readonly ordinal: number; readonly attempt: number; readonly event: EngineEvent }
  /** Leave the event with the run that started this one, in the same commit. */
  | { readonly type: 'tell-parent'; readonly parent: ParentRef; readonly event: EngineEvent }
  /** Feed `continued` back in the next batch. */
  | { readonly type: 'continue' }
  /** The run has ended: give its place in the run strategy's queue to the next. */
  | { readonly type: 'finish-run'; readonly status: WorkflowInstanceStatus };

/** TimelineEntry belongs to the run, or to one attempt of a step. */
export interface TimelineEntry {
  readonly ordinal?: number;
  readonly attempt?: number;
  readonly event: TimelineEvent;
}

/** RunChange is what a decision changed: only that is written. */
export interface RunChange {
  readonly header: RunHeader;
  /** New and changed attempts, one entry per (ordinal, attempt), in the order they came up. */
  readonly steps: readonly StepState[];
  readonly timeline: readonly TimelineEntry[];
  /** When the run next needs a `timer-fired`, as far as this decision set timers; undefined = it set none. */
  readonly dueAt?: number;
}

/**
 * Verdict answers one event: `accepted` = it counted (or a claim was granted); `ended` = late, the attempt or dispatch is over;
 * `cancelled` = stop it and confirm; `held` = another executor holds it; `later` = another one may still run it without having said so.
 */
export type Verdict = 'accepted' | 'ended' | 'cancelled' | 'held' | 'later';

/** Decision: what became of the events, in their order, and what follows. Order of effects: commit the change, then the commands, then the answers. */
export interface Decision {
  readonly change: RunChange | undefined;
  readonly commands: readonly Command[];
  readonly verdicts: readonly Verdict[];
}
