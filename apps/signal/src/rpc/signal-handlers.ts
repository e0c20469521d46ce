import type { Handlers } from '@maestro/grpc';
import type { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { announceRpc } from './announce.js';
import { getSignalRpc } from './get-signal.js';
import { listSignalsRpc } from './list-signals.js';
import type { SignalDeps } from './signal-deps.js';

/** signalHandlers has one handler an RPC. */
export function signalHandlers(deps: SignalDeps): Handlers<typeof SignalService> {
  return { announce: announceRpc(deps), getSignal: getSignalRpc(deps), listSignals: listSignalsRpc(deps) };
}
