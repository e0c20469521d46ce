import type { RunKey } from '@maestro/domain';
import type { EngineEvent } from '@maestro/engine';
import type { Input } from '../commit/input.js';
import type { ParkedRuns } from '../ports/parked-runs.js';
import type { RunReader } from '../ports/run-reader.js';

export interface UnparkRunDeps {
  readonly reader: Pick<RunReader, 'find'>;
  readonly parked: ParkedRuns;
  submit(input: Input): void;
  now(): number;
}

/** unparkRun lets a run go on and replays what had waited, in its order; answers how many events that were. */
export async function unparkRun(deps: UnparkRunDeps, runKey: RunKey): Promise<number> {
  const events = await deps.parked.unpark(runKey);
  const wake: EngineEvent = { type: 'timer-fired', at: deps.now() };
  await Promise.all([...events, wake].map((event) => submit(deps, runKey, event)));
  return events.length;
}

function submit(deps: UnparkRunDeps, runKey: RunKey, event: EngineEvent): Promise<void> {
  return new Promise((resolve, reject) =>
    deps.submit({ kind: 'event', runKey, event, settle: () => resolve(), fail: reject }),
  );
}
