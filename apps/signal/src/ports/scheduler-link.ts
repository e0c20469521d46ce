import type { MatchedWait } from './waits.js';

/** SchedulerLink tells schedulers of signals that their attempts wait for. */
export interface SchedulerLink {
  /** Answers which of them were heard; the others are to be told again. `replica` undefined: any one. */
  tell(replica: string | undefined, matches: readonly MatchedWait[]): Promise<readonly MatchedWait[]>;
}
