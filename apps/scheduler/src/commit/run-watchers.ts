import type { RunKey } from '@maestro/domain';
import type { RunChange } from '@maestro/engine';

/** RunWatchers tell those who watch a run that it changed; a run that nobody watches costs one look-up. */
export class RunWatchers {
  private readonly watchers = new Map<RunKey, Set<(change: RunChange) => void>>();

  /** watch calls back after each commit that changed the run; answers how to stop. */
  watch(runKey: RunKey, onChange: (change: RunChange) => void): () => void {
    const known = this.watchers.get(runKey) ?? new Set();
    known.add(onChange);
    this.watchers.set(runKey, known);
    return () => {
      known.delete(onChange);
      if (known.size === 0) this.watchers.delete(runKey);
    };
  }

  notify(runKey: RunKey, change: RunChange): void {
    const known = this.watchers.get(runKey);
    if (known === undefined) return;
    for (const onChange of known) onChange(change);
  }
}
