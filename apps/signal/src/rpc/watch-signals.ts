import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { signalInstanceToProto } from '@maestro/wire';
import type { SignalDeps } from './signal-deps.js';

/** watchSignalsRpc serves WatchSignals. */
export function watchSignalsRpc({ watcher }: SignalDeps): Handler<typeof SignalService.method.watchSignals> {
  return async function* ({ name }, context) {
    for await (const signal of watcher.follow(name === '' ? undefined : name, context.signal)) {
      yield { signal: signalInstanceToProto(signal) };
    }
  };
}
