import { isTerminalStep } from '@maestro/domain';
import type { Verdict } from '../decision.js';
import type { DispatchRef, EngineEvent } from '../event.js';
import type { StepState } from '../state.js';
import { CERTAIN_AFTER_MILLIS } from '../timing.js';

interface Execution {
  readonly ref: DispatchRef;
  /** Until then somebody may run it without a claim. */
  readonly until: number;
  /** Who was told that it has the attempt, or was told to stop and confirm. */
  holder?: string;
}

type AttemptRef = Pick<DispatchRef, 'ordinal' | 'attempt'>;

const attemptKey = ({ ordinal, attempt }: AttemptRef): string => `${ordinal}/${attempt}`;
const keyOf = ({ ordinal, attempt, dispatch }: DispatchRef): string => `${ordinal}/${attempt}/${dispatch}`;

/**
 * ShadowExecutors know what may be running anywhere, from nothing but what was published and answered. The engine must never end
 * an attempt, nor hand out another, while the one before may still run.
 */
export class ShadowExecutors {
  private readonly mayRun = new Map<string, Execution>();
  /** What was begun outside of executors and has not been reported as ended. */
  private readonly containers = new Map<string, AttemptRef>();

  constructor(private readonly outlivesExecutors: (ordinal: number) => boolean = () => false) {}

  publish(ref: DispatchRef, at: number): void {
    const published = this.mayRun.get(keyOf(ref));
    if (!published) this.mayRun.set(keyOf(ref), { ref, until: at + CERTAIN_AFTER_MILLIS });
  }

  /** What executors and watchdogs say is true: an attempt reported as ended has ended, whatever the verdict. */
  hear(event: EngineEvent, verdict: Verdict | undefined): void {
    if (!('dispatch' in event)) return;
    this.hearOfContainer(event, verdict);
    const execution = this.mayRun.get(keyOf(event));
    if (!execution) return;
    if (event.type === 'attempt-claimed' && (verdict === 'accepted' || verdict === 'cancelled')) {
      execution.holder = event.executorId;
    }
    const lost = event.type === 'executor-lost' && execution.holder === event.executorId;
    const gone = event.type === 'dispatch-lost' && verdict === 'accepted';
    if (lost || gone || event.type === 'attempt-ended') this.mayRun.delete(keyOf(event));
  }

  /** A container is there from the grant until the end that its holder reports, whoever that is by then. */
  private hearOfContainer(event: EngineEvent, verdict: Verdict | undefined): void {
    if (verdict === 'ended' || verdict === 'held') return;
    if (event.type === 'attempt-ended') this.containers.delete(attemptKey(event));
    else if (event.type === 'attempt-claimed' && verdict === 'accepted' && this.outlivesExecutors(event.ordinal)) {
      this.containers.set(attemptKey(event), event);
    }
  }

  /** Time makes certain that what nobody claimed does not run. */
  forget(at: number): void {
    for (const [key, { until, holder }] of this.mayRun)
      if (holder === undefined && at >= until) this.mayRun.delete(key);
  }

  check(rows: ReadonlyMap<string, StepState>): void {
    const running = [...this.mayRun.values()].map(({ ref }) => ref);
    const ordinals = running.map(({ ordinal }) => ordinal);
    expect(ordinals).toEqual([...new Set(ordinals)]);
    const ended = [...running, ...this.containers.values()].filter(({ ordinal, attempt }) => {
      const row = rows.get(`${ordinal}/${attempt}`);
      return row && isTerminalStep(row.status);
    });
    expect(ended).toEqual([]);
  }
}
