import type { JsonObject, Millis, ParamDefinitions, Params, TimelineEvent } from '@maestro/domain';

/** DispatchRef names one dispatch of one attempt within a run. */
export interface DispatchRef {
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

export const ATTEMPT_OUTCOMES = [
  'DONE',
  'USER_ERROR',
  'PLATFORM_ERROR',
  'FATAL_ERROR',
  'TIMED_OUT',
  'CANCELLED',
] as const;
/** AttemptOutcome is how an execution ended. FATAL_ERROR is not retried; CANCELLED confirms a cancel. */
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** EvaluationResult answers an `evaluate` command. */
export type EvaluationResult =
  | { readonly kind: 'params'; readonly params: Params }
  | { readonly kind: 'conditions'; readonly taken: readonly number[] }
  | { readonly kind: 'error'; readonly message: string };

interface At {
  readonly at: Millis;
}

/** EngineEvent is everything that can happen to a run. Late, repeated and unknown ones are ordinary: they change nothing. */
export type EngineEvent =
  /** The run strategy admitted the run. */
  | (At & { readonly type: 'run-launched' })
  /** An executor asks to run an attempt for longer than an instant. */
  | (At & DispatchRef & { readonly type: 'attempt-claimed'; readonly executorId: string })
  | (At &
      DispatchRef & {
        readonly type: 'attempt-progressed';
        readonly artifacts?: JsonObject;
        readonly timeline: readonly TimelineEvent[];
      })
  | (At &
      DispatchRef & {
        readonly type: 'attempt-ended';
        readonly outcome: AttemptOutcome;
        readonly outputs?: ParamDefinitions;
        readonly artifacts?: JsonObject;
        readonly timeline: readonly TimelineEvent[];
        readonly message?: string;
        readonly startedAt?: Millis;
        readonly endedAt?: Millis;
      })
  /** The lease of the executor that held the attempt ran out. */
  | (At & DispatchRef & { readonly type: 'executor-lost'; readonly executorId: string })
  /** The dispatch is provably neither in the queue nor running. */
  | (At & DispatchRef & { readonly type: 'dispatch-lost' })
  /** The pool has room for an attempt that waited for it. */
  | (At & DispatchRef & { readonly type: 'attempt-released' })
  | (At & { readonly type: 'timer-fired' })
  | (At & { readonly type: 'stop-requested'; readonly by: string; readonly reason: string })
  | (At & { readonly type: 'kill-requested'; readonly by: string; readonly reason: string })
  | (At & {
      readonly type: 'evaluated';
      readonly ordinal: number;
      readonly attempt: number;
      readonly result: EvaluationResult;
    })
  /** The next batch after a decision that ran out of budget. */
  | (At & { readonly type: 'continued' });

export type EngineEventType = EngineEvent['type'];
