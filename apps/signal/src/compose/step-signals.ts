import { SIGNAL_QUEUE, SIGNAL_STEPS } from '@maestro/messaging';
import type { CallerBase, Closers } from '@maestro/service';
import { takeStepSignals } from '../consumers/step-signals.js';
import { relayMatches } from '../loops/relay-matches.js';
import type { Waits } from '../ports/waits.js';
import type { DeliveryDeps } from '../usecases/deliver-matches.js';
import type { StepSignalsDeps } from '../usecases/step-signals.js';

const RELAY_EVERY_MS = 1_000;

type Deps = StepSignalsDeps & DeliveryDeps & { readonly waits: Waits; readonly olderThanMs: number };

/** startStepSignals answers schedulers, and tells them again of what they have not heard. */
export function startStepSignals({ messaging, telemetry }: CallerBase, deps: Deps, closers: Closers): void {
  const serving = messaging.serve(SIGNAL_STEPS, (data) => takeStepSignals(deps, data), SIGNAL_QUEUE);
  const stopping = new AbortController();
  const onError = (err: unknown): void => telemetry.logger.warn({ err }, 'matches cannot be relayed now');
  const relaying = relayMatches({ ...deps, everyMs: RELAY_EVERY_MS, onError }, stopping.signal);
  closers.add(async () => {
    await serving.stop();
    stopping.abort();
    await relaying;
  });
}
