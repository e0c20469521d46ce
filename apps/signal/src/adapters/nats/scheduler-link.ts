import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { MaestroError } from '@maestro/domain';
import { replicaMatchesSubject, SCHEDULER_MATCHES, type Messaging } from '@maestro/messaging';
import {
  AttemptMatchBatchSchema,
  AttemptMatchReplySchema,
  MatchVerdict,
} from '@maestro/proto/maestro/signal/v1/step_signals';
import { signalParamsToProto } from '@maestro/wire';
import type { SchedulerLink } from '../../ports/scheduler-link.js';
import type { MatchedWait } from '../../ports/waits.js';

/** Without an answer in that time it is told again. */
const TIMEOUT_MS = 4_000;

/** natsSchedulerLink talks to the scheduler by NATS request and reply. */
export function natsSchedulerLink(messaging: Pick<Messaging, 'request'>): SchedulerLink {
  return {
    tell: async (replica, matches) => {
      const subject = replica === undefined ? SCHEDULER_MATCHES : replicaMatchesSubject(replica);
      try {
        const reply = await messaging.request(subject, encode(matches), { timeoutMs: TIMEOUT_MS });
        const { verdicts } = fromBinary(AttemptMatchReplySchema, reply);
        return matches.filter((_, index) => verdicts[index] === MatchVerdict.DONE);
      } catch (error) {
        if (error instanceof MaestroError) return [];
        throw error;
      }
    },
  };
}

function encode(matches: readonly MatchedWait[]): Uint8Array {
  const batch = create(AttemptMatchBatchSchema, {
    matches: matches.map(({ runKey, ordinal, attempt, position, signalId, params }) => ({
      key: { runKey, ordinal, attempt },
      matched: [{ index: position, signalId, params: signalParamsToProto(params) }],
    })),
  });
  return toBinary(AttemptMatchBatchSchema, batch);
}
