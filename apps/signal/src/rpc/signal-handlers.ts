import type { Handlers } from '@maestro/grpc';
import type { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { announceManyRpc } from './announce-many.js';
import { announceRpc } from './announce.js';
import { getSignalRpc } from './get-signal.js';
import { listSignalNamesRpc } from './list-signal-names.js';
import { listSignalsRpc } from './list-signals.js';
import type { SignalDeps } from './signal-deps.js';
import { watchSignalsRpc } from './watch-signals.js';

/** signalHandlers has one handler an RPC. */
export function signalHandlers(deps: SignalDeps): Handlers<typeof SignalService> {
  return {
    announce: announceRpc(deps),
    announceMany: announceManyRpc(deps),
    getSignal: getSignalRpc(deps),
    listSignals: listSignalsRpc(deps),
    listSignalNames: listSignalNamesRpc(deps),
    watchSignals: watchSignalsRpc(deps),
  };
}
