import type { RunKey } from '@maestro/domain';

/** RunChanges carries between replicas that a run changed. It is a hint: it may be lost, and says nothing but "look again". */
export interface RunChanges {
  /** watch asks every other replica to tell of the run's commits, and calls back for each; answers how to stop. */
  watch(runKey: RunKey, onChange: () => void): () => void;
  /** committed tells the replicas that follow the run. Call it after each commit; a run that nobody follows costs one look-up. */
  committed(runKey: RunKey): void;
}
