import { create } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import type { CallContext, Handler } from '@maestro/grpc';
import {
  AnnounceOutcomeSchema,
  SignalService,
  type AnnounceOutcome,
  type AnnounceRequest,
} from '@maestro/proto/maestro/signal/v1/signal_service';
import { signalInstanceToProto } from '@maestro/wire';
import { readAnnouncement } from './read-announcement.js';
import type { SignalDeps } from './signal-deps.js';

const MAX_ANNOUNCEMENTS = 500;

/** announceManyRpc serves AnnounceMany. */
export function announceManyRpc(deps: SignalDeps): Handler<typeof SignalService.method.announceMany> {
  return async ({ announcements }, context) => {
    if (announcements.length > MAX_ANNOUNCEMENTS) {
      const violations = [
        {
          path: 'announcements',
          message: `has ${announcements.length} items; at most ${MAX_ANNOUNCEMENTS} are allowed`,
        },
      ];
      throw new MaestroError('INVALID_REQUEST', `At most ${MAX_ANNOUNCEMENTS} signals may be announced at once.`, {
        violations,
      });
    }
    return { outcomes: await Promise.all(announcements.map((each) => announceOne(deps, each, context))) };
  };
}

async function announceOne(deps: SignalDeps, request: AnnounceRequest, context: CallContext): Promise<AnnounceOutcome> {
  try {
    const { signal, duplicate } = await deps.announcer.announce(readAnnouncement(request, context));
    const value = {
      $typeName: 'maestro.signal.v1.AnnounceResponse' as const,
      signal: signalInstanceToProto(signal),
      duplicate,
    };
    return create(AnnounceOutcomeSchema, { outcome: { case: 'announced', value } });
  } catch (error) {
    if (!(error instanceof MaestroError)) throw error;
    const value = { code: error.code, message: error.message };
    return create(AnnounceOutcomeSchema, { outcome: { case: 'failure', value } });
  }
}
