import type { Millis, RunKey } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';

/** Wakeups of acts are due at once, at times of their own from here down. */
export const AT_ONCE: Millis = -1;

export interface DueRun {
  readonly runKey: RunKey;
  readonly dueAt: Millis;
}

export interface PendingAction {
  readonly runKey: RunKey;
  readonly id: bigint;
  readonly event: EngineEvent;
}

/** WakeupStore reads the timers of shards, and the acts that wait for a run. */
export interface WakeupStore {
  due(shards: readonly number[], until: Millis, limit: number): Promise<readonly DueRun[]>;
  pendingActions(runKeys: readonly RunKey[]): Promise<readonly PendingAction[]>;
}
