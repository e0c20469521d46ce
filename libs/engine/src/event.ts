import type {
  AnnouncedSignal,
  AwaitedSignal,
  JsonObject,
  Millis,
  ParamDefinitions,
  Params,
  ParamValueMap,
  SignalParams,
  TimelineEvent,
  WorkflowInstanceStatus,
} from '@maestro/domain';
import type { EndedIteration } from './loop/reruns.js';
import type { RecalledIterations } from './loop/recalled-iterations.js';
import type { StepRestart } from './restart/restart-state.js';
import type { ChildState, LeafCounts } from './state.js';

/** DispatchRef names one dispatch of one attempt within a run. */
export interface DispatchRef {
  readonly ordinal: number;
  readonly attempt: number;
  readonly dispatch: number;
}

/** ChildOf names an attempt of a step, where no dispatch of it is meant: of one that started another run, for instance. */
export interface ChildOf {
  readonly ordinal: number;
  readonly attempt: number;
}

/** StepAct is what a person wants of one step. */
export interface StepAct {
  readonly ordinal: number;
  /** Undefined = the latest. */
  readonly attempt?: number | undefined;
  readonly by: string;
  readonly reason: string;
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

/** MatchedSignal is an instance that a dependency of a step waited for. */
export interface MatchedSignal {
  /** Position of the dependency in the step's definition. */
  readonly index: number;
  readonly signalId: bigint;
  readonly params: SignalParams;
}

/** EvaluationResult answers an `evaluate` command. */
export type EvaluationResult =
  | { readonly kind: 'params'; readonly params: Params }
  | { readonly kind: 'conditions'; readonly taken: readonly number[] }
  /** The condition of a while. */
  | { readonly kind: 'loop'; readonly holds: boolean }
  | { readonly kind: 'dependencies'; readonly dependencies: readonly AwaitedSignal[] }
  | { readonly kind: 'announcements'; readonly outputs: readonly AnnouncedSignal[] }
  | { readonly kind: 'error'; readonly message: string };

/** RunEvaluationResult answers an `evaluate-run` command. */
export type RunEvaluationResult =
  | { readonly kind: 'params'; readonly params: Params; readonly timeoutMillis: number }
  | { readonly kind: 'error'; readonly message: string; readonly errors: readonly string[] };

interface At {
  readonly at: Millis;
}

/** EngineEvent is everything that can happen to a run. Late, repeated and unknown ones are ordinary: they change nothing. */
export type EngineEvent =
  /** The run strategy admitted the run. */
  | (At & { readonly type: 'run-launched' })
  /** An executor asks to run an attempt for longer than an instant. */
  /** `beforeStart`: the asker does not run it yet, and may have got it after somebody else. */
  | (At &
      DispatchRef & { readonly type: 'attempt-claimed'; readonly executorId: string; readonly beforeStart?: boolean })
  | (At &
      DispatchRef & {
        readonly type: 'attempt-progressed';
        readonly artifacts?: JsonObject;
        readonly timeline: readonly TimelineEvent[];
      })
  | (At &
      DispatchRef & {
        readonly type: 'attempt-ended';
        /** Who says so; absent: whoever has it. */
        readonly executorId?: string;
        readonly outcome: AttemptOutcome;
        readonly outputs?: ParamDefinitions;
        readonly artifacts?: JsonObject;
        readonly timeline: readonly TimelineEvent[];
        readonly message?: string;
        readonly startedAt?: Millis;
        readonly endedAt?: Millis;
      })
  /** The executor that held the attempt holds it no more: its lease ran out, or it let go of what goes on without it. */
  | (At & DispatchRef & { readonly type: 'executor-lost'; readonly executorId: string })
  /** The dispatch is provably neither in the queue nor running. */
  | (At & DispatchRef & { readonly type: 'dispatch-lost' })
  /** The pool has room for an attempt that waited for it. */
  | (At & DispatchRef & { readonly type: 'attempt-released' })
  /** The signal service keeps what the attempt waits for; some of it was there before. */
  | (At & ChildOf & { readonly type: 'waits-opened'; readonly matched: readonly MatchedSignal[] })
  /** Signals that the attempt waits for were announced. */
  | (At & ChildOf & { readonly type: 'signals-matched'; readonly matched: readonly MatchedSignal[] })
  /** What the attempt announces is stored: sequence number and time of each, in their order. */
  | (At &
      ChildOf & {
        readonly type: 'signals-announced';
        readonly announced: readonly { readonly signalId: bigint; readonly time: Millis }[];
      })
  /** The signal service accepts neither the waits nor the announcements of the attempt. */
  | (At & ChildOf & { readonly type: 'signals-refused'; readonly message: string })
  /** All permits that the attempt asked for are its own until it ends. */
  | (At & ChildOf & { readonly type: 'permits-granted' })
  | (At & { readonly type: 'timer-fired' })
  | (At & { readonly type: 'stop-requested'; readonly by: string; readonly reason: string })
  | (At & { readonly type: 'kill-requested'; readonly by: string; readonly reason: string })
  /** One step shall end STOPPED; its branch ends there. */
  | (At & StepAct & { readonly type: 'step-stop-requested' })
  /** One step shall end FATALLY_FAILED, whatever its failure mode. */
  | (At & StepAct & { readonly type: 'step-kill-requested' })
  /** One step shall not be done, or not any more: its successors proceed. */
  | (At & StepAct & { readonly type: 'step-skip-requested' })
  /** One step shall no longer wait for the signals that it depends on. */
  | (At & StepAct & { readonly type: 'step-bypass-requested' })
  /** A step that is PAUSED at a breakpoint shall go on. */
  | (At & StepAct & { readonly type: 'step-resume-requested' })
  /** Nothing new shall begin in the run; what is under way goes on to its end. */
  | (At & { readonly type: 'pause-requested'; readonly by: string; readonly reason: string })
  | (At & { readonly type: 'resume-requested'; readonly by: string; readonly reason: string })
  | (At & {
      readonly type: 'evaluated';
      readonly ordinal: number;
      readonly attempt: number;
      readonly result: EvaluationResult;
    })
  /** The params of the workflow itself are evaluated. */
  | (At & { readonly type: 'run-evaluated'; readonly result: RunEvaluationResult })
  /** The run of a subworkflow step is stored: it runs, or waits in its own queue. */
  | (At & ChildOf & { readonly type: 'child-started'; readonly child: ChildState })
  /** The run of a subworkflow step cannot be started, and trying again would not help. */
  | (At & ChildOf & { readonly type: 'child-refused'; readonly message: string })
  /** A run that a step of this one started has ended. */
  | (At &
      ChildOf & {
        readonly type: 'child-finished';
        readonly child: ChildState & { readonly status: WorkflowInstanceStatus; readonly rollup: LeafCounts };
        /** Of an iteration. */
        readonly index?: number | undefined;
        /** Of an iteration of a while: what its steps made of the variables of the loop. */
        readonly values?: ParamValueMap | undefined;
      })
  /** A person wants a step that failed to run again within the run. */
  | (At & {
      readonly type: 'restart-requested';
      readonly ordinal: number;
      readonly restart: StepRestart;
      /** Only this iteration of a loop that goes on. */
      readonly iteration?: EndedIteration | undefined;
    })
  /** What became of the iterations of a loop that restarts. */
  | (At & ChildOf & { readonly type: 'iterations-recalled'; readonly before: RecalledIterations })
  /** The next batch after a decision that ran out of budget. */
  | (At & { readonly type: 'continued' });

export type EngineEventType = EngineEvent['type'];
