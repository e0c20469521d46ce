import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { signalInstanceToProto } from '@maestro/wire';
import type { SignalDeps } from './signal-deps.js';

/** listSignalsRpc serves ListSignals. */
export function listSignalsRpc({ signals }: SignalDeps): Handler<typeof SignalService.method.listSignals> {
  return async ({ name, page: asked }) => {
    const list = `signals ${name}`;
    const page = await signals.list(name, readPageAsk(asked, list));
    return {
      signals: page.items.map(signalInstanceToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}
