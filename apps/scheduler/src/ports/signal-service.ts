import type { AnnouncedSignal, AwaitedSignal, Millis, RunKey, SignalStep } from '@maestro/domain';
import type { MatchedSignal } from '@maestro/engine';

/** SignalAct is what an attempt wants of the signal service. */
export type SignalAct =
  | { readonly kind: 'open'; readonly dependencies: readonly AwaitedSignal[] }
  | { readonly kind: 'close' }
  | { readonly kind: 'announce'; readonly outputs: readonly AnnouncedSignal[] };

/** SignalAsk is an act of one attempt. */
export interface SignalAsk {
  readonly runKey: RunKey;
  readonly ordinal: number;
  readonly attempt: number;
  readonly tenant: string;
  readonly step: SignalStep;
  readonly act: SignalAct;
}

/** SignalAnswer is what came of it, once it is committed there. */
export interface SignalAnswer {
  readonly matched: readonly MatchedSignal[];
  readonly announced: readonly { readonly signalId: bigint; readonly time: Millis }[];
  /** It cannot be done, and asking again would not help. */
  readonly refused?: string;
}

/** SignalService waits and announces for steps. Rejects when it does not answer: it may have been done all the same. */
export interface SignalService {
  /** Answers in the order of the asks. */
  ask(asks: readonly SignalAsk[]): Promise<readonly SignalAnswer[]>;
}
