import type { AwaitedSignal, Millis, SignalInstance, SignalStep, SignalTrigger } from '@maestro/domain';
import type { Page, PageAsk } from '@maestro/service';

/** RunName names a run of a workflow. */
export interface RunName {
  readonly workflowId: string;
  readonly instanceId: bigint;
  readonly runId: bigint;
}

export const FIRING_STATES = ['PENDING', 'STARTED', 'DROPPED', 'FAILED'] as const;
export type FiringState = (typeof FIRING_STATES)[number];

/** Firing is a trigger that fired, and what became of it. */
export interface Firing {
  readonly firingId: bigint;
  readonly workflowId: string;
  readonly uuid: string;
  /** Signal name -> number of the instance that it used. */
  readonly signalIds: Readonly<Record<string, bigint>>;
  readonly state: FiringState;
  readonly detail?: string | undefined;
  readonly started?: { readonly instanceId: bigint; readonly runId: bigint } | undefined;
  readonly fireTime: Millis;
  readonly settleTime?: Millis | undefined;
}

/** FreedStep is an attempt of a step that a signal freed. */
export interface FreedStep {
  readonly step: SignalStep;
  readonly matchTime: Millis;
}

/** TracedDependency is what an attempt waits for, or was freed by. */
export interface TracedDependency {
  readonly step: SignalStep;
  readonly dependency: AwaitedSignal;
}

/** TracedRun is all that a run has to do with signals. */
export interface TracedRun {
  readonly startedBy?: Firing | undefined;
  readonly consumed: readonly TracedDependency[];
  readonly awaited: readonly TracedDependency[];
  readonly emitted: readonly SignalInstance[];
}

/** SignalEdge leads from who announces a signal to who hears it; `from` empty: from outside. */
export interface SignalEdge {
  readonly from: string;
  readonly signal: string;
  readonly to: string;
  readonly kind: 'STEP' | 'TRIGGER';
}

/** LiveTrigger is a trigger that is subscribed now. */
export interface LiveTrigger {
  readonly uuid: string;
  readonly trigger: SignalTrigger;
  readonly subscribeTime: Millis;
  /** Of a join: signals that it has and has not used yet. */
  readonly gathered: bigint;
}

/** Lineage reads where signals come from and where they go. */
export interface Lineage {
  /** Attempts that a signal freed, and triggers that it fired; at most `limit` of each, the first ones. */
  consumersOf(
    name: string,
    seqId: bigint,
    limit: number,
  ): Promise<{
    readonly freed: readonly FreedStep[];
    readonly fired: readonly Firing[];
  }>;
  run(run: RunName, limit: number): Promise<TracedRun>;
  /** Edges into and out of these workflows; at most `limit`. */
  edges(workflowIds: readonly string[], limit: number): Promise<readonly SignalEdge[]>;
  triggers(workflowId: string): Promise<readonly LiveTrigger[]>;
  firings(workflowId: string, states: readonly FiringState[], ask: PageAsk): Promise<Page<Firing>>;
}
