import type { CallContext, Handler } from '@maestro/grpc';
import { SignalService, type AnnounceRequest } from '@maestro/proto/maestro/signal/v1/signal_service';
import { instantFromProto, jsonObjectFromProto, signalInstanceToProto, signalParamsFromProto } from '@maestro/wire';
import { checkAnnouncement, type Ask } from '../usecases/check-announcement.js';
import type { SignalDeps } from './signal-deps.js';

const TENANT_KEY = 'maestro-tenant';
const DEFAULT_TENANT = 'default';

/** announceRpc serves Announce. */
export function announceRpc(deps: SignalDeps): Handler<typeof SignalService.method.announce> {
  return async (request, context) => {
    const { signal, duplicate } = await deps.announcer.announce(checkAnnouncement(askOf(request, context)));
    deps.logger.debug({ signal: signal.name, seq: String(signal.seqId), duplicate }, 'announced');
    return { signal: signalInstanceToProto(signal), duplicate };
  };
}

function askOf(request: AnnounceRequest, context: CallContext): Ask {
  const tenant = context.metadata.get(TENANT_KEY)[0];
  const requestTime = instantFromProto(request.requestTime);
  return {
    requestId: request.requestId,
    name: request.name,
    params: signalParamsFromProto(request.params),
    payload: request.payload === undefined ? {} : jsonObjectFromProto(request.payload),
    ...(requestTime === undefined ? {} : { requestTime }),
    ...(context.caller === undefined ? {} : { announcedBy: context.caller }),
    tenant: typeof tenant === 'string' && tenant !== '' ? tenant : DEFAULT_TENANT,
  };
}
