import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { signalInstanceToProto } from '@maestro/wire';
import { findSignal } from '../usecases/find-signal.js';
import type { SignalDeps } from './signal-deps.js';

/** getSignalRpc serves GetSignal. */
export function getSignalRpc({ signals }: SignalDeps): Handler<typeof SignalService.method.getSignal> {
  return async ({ name, seqId }) => ({ signal: signalInstanceToProto(await findSignal(signals, name, seqId)) });
}
