import type { RunKey } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';
import type { CommitDeps } from './commit-deps.js';

/** submitEvent brings an event of the engine's own as an input of a later batch. */
export function submitEvent(deps: Pick<CommitDeps, 'feedBack' | 'logger'>, runKey: RunKey, event: EngineEvent): void {
  deps.feedBack({
    kind: 'event',
    runKey,
    event,
    settle: () => undefined,
    fail: (error) =>
      deps.logger.warn(
        { err: error, runKey: String(runKey), event: event.type },
        'an event of the engine itself failed',
      ),
  });
}
