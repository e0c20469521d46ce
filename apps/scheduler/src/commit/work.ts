import type { RunKey } from '@maestro/domain';
import type { Decision, Plan, RunHeader, RunState } from '@maestro/engine';
import type { EventInput, StartInput } from './input.js';
import type { RunRecord } from './run-record.js';

/** RunWork is what a batch decided about one run. */
export interface RunWork {
  readonly runKey: RunKey;
  readonly record: RunRecord;
  readonly inputs: readonly EventInput[];
  readonly decision: Decision;
  /** Iterations that the decision launches: stored with it, or not at all. */
  readonly iterations: readonly NewRun[];
}

/** Launch is a new run decided as if it were admitted: kept if it is, else only its header is stored. */
export interface Launch {
  /** As it waits in the queue. */
  readonly queued: RunHeader;
  /** State before and decision of its launch. */
  readonly state: RunState;
  readonly decision: Decision;
}

/** NewRun is a run that a batch stores. */
export interface NewRun {
  readonly runKey: RunKey;
  readonly plan: Plan;
  /** The start that it comes from: a StartWorkflowRequest. */
  readonly origin: Uint8Array;
  readonly launch: Launch;
  /** Iterations that its launch launches in turn. */
  readonly iterations: readonly NewRun[];
}

/** StartWork is one start of a batch with its launch, decided for the instance number it is expected to get. */
export interface StartWork {
  readonly input: StartInput;
  readonly runKey: RunKey;
  run: NewRun;
}
