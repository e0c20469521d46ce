import type { CallContext } from '@maestro/grpc';
import type { AnnounceRequest } from '@maestro/proto/maestro/signal/v1/signal_service';
import { instantFromProto, jsonObjectFromProto, signalParamsFromProto } from '@maestro/wire';
import type { Announcement } from '../ports/announcement.js';
import { checkAnnouncement } from '../usecases/check-announcement.js';

const TENANT_KEY = 'maestro-tenant';
const DEFAULT_TENANT = 'default';

/** readAnnouncement is what a caller announces, checked. Throws INVALID_REQUEST. */
export function readAnnouncement(request: AnnounceRequest, context: CallContext): Announcement {
  const tenant = context.metadata.get(TENANT_KEY)[0];
  const requestTime = instantFromProto(request.requestTime);
  return checkAnnouncement({
    requestId: request.requestId,
    name: request.name,
    params: signalParamsFromProto(request.params),
    payload: request.payload === undefined ? {} : jsonObjectFromProto(request.payload),
    ...(requestTime === undefined ? {} : { requestTime }),
    ...(context.caller === undefined ? {} : { announcedBy: context.caller }),
    tenant: typeof tenant === 'string' && tenant !== '' ? tenant : DEFAULT_TENANT,
  });
}
