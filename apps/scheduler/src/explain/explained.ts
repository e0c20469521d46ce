import type { Millis } from '@maestro/domain';

/** ExplainedKind is what something can wait for. */
export type ExplainedKind =
  | 'NOTHING'
  | 'RUN_STRATEGY'
  | 'PREDECESSOR'
  | 'TIME'
  | 'PERMIT'
  | 'WORKER'
  | 'EXECUTION'
  | 'CANCELLATION'
  | 'PARKED'
  | 'CHILDREN'
  | 'PERSON'
  | 'SIGNAL';

/** Explained is one thing that a run or a step waits for. */
export interface Explained {
  readonly kind: ExplainedKind;
  /** Absent: the run itself. */
  readonly stepId?: string;
  readonly since: Millis | undefined;
  /** When it moves by itself at the latest, where that is known. */
  readonly until?: Millis;
  readonly message: string;
  readonly remedy: string;
}
