import type { Millis, SignalParamValue } from '@maestro/domain';
import type { Firing, LiveTrigger } from './lineage.js';

/** TriggerSignal is one of the signals of a trigger. */
export interface TriggerSignal {
  readonly name: string;
  /** Number of the latest announcement; 0 = never announced. */
  readonly lastSeq: bigint;
  readonly lastTime: Millis | undefined;
  /** Of a join: how many of it wait for their others. */
  readonly held: bigint;
}

/** OpenJoin is signals with the same join values that wait for others. */
export interface OpenJoin {
  readonly values: readonly SignalParamValue[];
  /** Signal name -> number of the oldest that waits. */
  readonly held: Readonly<Record<string, bigint>>;
  readonly since: Millis;
}

/** TriggerStanding is what a trigger has, and what it did last. */
export interface TriggerStanding extends LiveTrigger {
  readonly signals: readonly TriggerSignal[];
  /** The oldest ones. */
  readonly joins: readonly OpenJoin[];
  readonly openJoins: bigint;
  readonly lastFiring: Firing | undefined;
}

/** TriggerStandings reads how triggers stand. */
export interface TriggerStandings {
  of(workflowId: string): Promise<readonly TriggerStanding[]>;
}

/** ActiveTriggers asks the definition service for the signal triggers of active versions. */
export interface ActiveTriggers {
  /** Throws WORKFLOW_NOT_FOUND, NO_ACTIVE_VERSION. */
  of(workflowId: string): Promise<{ readonly count: number; readonly disabled: boolean }>;
}
