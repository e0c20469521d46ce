/** ExecutionObserver counts; it must be as cheap as a counter. */
export interface ExecutionObserver {
  attemptEnded(type: string, outcome: string): void;
  /** Milliseconds from asking for a claim to its answer. */
  claimAnswered(latencyMs: number): void;
}
