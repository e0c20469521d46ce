import type { Millis, RunKey } from '@maestro/domain';
import type { RestartInput, StartInput } from './input.js';
import { startedRun } from './launch-run.js';
import { placeAfter } from './lock-request.js';
import type { IterationDeps } from './new-iterations.js';
import type { NewRun } from './work.js';

/** restartedRun is the next run of an instance, launched as if it were admitted. Throws as launching a start does. */
export function restartedRun(
  deps: IterationDeps,
  input: StartInput,
  { previous }: RestartInput,
  runKey: RunKey,
  at: Millis,
): NewRun {
  return startedRun(deps, input, { runKey, ...placeAfter(previous.header), at });
}
