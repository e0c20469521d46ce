import type { Handler } from '@maestro/grpc';
import { SignalService } from '@maestro/proto/maestro/signal/v1/signal_service';
import { signalInstanceToProto } from '@maestro/wire';
import { readAnnouncement } from './read-announcement.js';
import type { SignalDeps } from './signal-deps.js';

/** announceRpc serves Announce. */
export function announceRpc(deps: SignalDeps): Handler<typeof SignalService.method.announce> {
  return async (request, context) => {
    const { signal, duplicate } = await deps.announcer.announce(readAnnouncement(request, context));
    deps.logger.debug({ signal: signal.name, seq: String(signal.seqId), duplicate }, 'announced');
    return { signal: signalInstanceToProto(signal), duplicate };
  };
}
