import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { pageTokens, readPageAsk } from '@maestro/service';
import { instantFromProto, signalInstanceToProto, signalMatchesFromProto } from '@maestro/wire';
import type { SignalDeps } from './signal-deps.js';

/** listSignalsRpc serves ListSignals. */
export function listSignalsRpc({ signals }: SignalDeps): Handler<typeof SignalService.method.listSignals> {
  return async ({ name, page: asked, matchParams, since, until }) => {
    const filter = {
      matchParams: signalMatchesFromProto(matchParams),
      since: instantFromProto(since),
      until: instantFromProto(until),
    };
    const list = `signals ${name} ${JSON.stringify(filter, bigints)}`;
    const page = await signals.list(name, readPageAsk(asked, list), filter);
    return {
      signals: page.items.map(signalInstanceToProto),
      page: { ...pageTokens(page, list), totalCount: page.totalCount },
    };
  };
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
