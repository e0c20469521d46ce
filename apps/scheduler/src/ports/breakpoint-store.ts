import type { RunKey, WorkflowKey } from '@maestro/domain';
import type { Breakpoint, RunHeader } from '@maestro/engine';

/** StoredBreakpoint is a breakpoint and the workflow that it belongs to. */
export interface StoredBreakpoint extends Breakpoint {
  readonly workflowKey: WorkflowKey;
}

/** BreakpointPlace is what a breakpoint is known by. */
export type BreakpointPlace = Omit<StoredBreakpoint, 'createdBy' | 'createTime'>;

/** PausedAttempt is an attempt that waits at a breakpoint. */
export interface PausedAttempt {
  readonly runKey: RunKey;
  /** Without the params of its parent, when it is an iteration. */
  readonly header: RunHeader;
  readonly ordinal: number;
  readonly attempt: number;
  readonly pauseTime: number | undefined;
}

/** BreakpointStore remembers breakpoints. */
export interface BreakpointStore {
  all(): Promise<readonly StoredBreakpoint[]>;
  /** Keeps one that is there already; answers what is there now. */
  set(breakpoint: StoredBreakpoint): Promise<StoredBreakpoint>;
  /** Whether there was one. */
  remove(place: BreakpointPlace): Promise<boolean>;
  /** Of all runs of a workflow under way, iterations of its loops included; the oldest runs first, at most 1,000. */
  paused(workflowKey: WorkflowKey): Promise<readonly PausedAttempt[]>;
  /** Replicas that are alive. */
  replicas(): Promise<readonly string[]>;
}
