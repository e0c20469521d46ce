import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import type { Millis } from '@maestro/domain';
import {
  AttemptMatchBatchSchema,
  AttemptMatchReplySchema,
  MatchVerdict,
  type AttemptMatch,
} from '@maestro/proto/maestro/signal/v1/step_signals';
import type { Logger } from '@maestro/telemetry';
import { signalParamsFromProto } from '@maestro/wire';
import type { Input } from '../commit/input.js';

export interface SignalMatchesDeps {
  readonly logger: Logger;
  now(): Millis;
  submit(input: Input): void;
}

/** takeMatches answers a batch of signals that attempts wait for once all of them are committed. */
export async function takeMatches(deps: SignalMatchesDeps, data: Uint8Array): Promise<Uint8Array> {
  const { matches } = fromBinary(AttemptMatchBatchSchema, data);
  const verdicts = await Promise.all(matches.map((match) => takeMatch(deps, match)));
  return toBinary(AttemptMatchReplySchema, create(AttemptMatchReplySchema, { verdicts }));
}

/** Whatever the engine says of it, it has been heard. */
function takeMatch({ submit, now, logger }: SignalMatchesDeps, { key, matched }: AttemptMatch): Promise<MatchVerdict> {
  if (key === undefined) return Promise.resolve(MatchVerdict.DONE);
  const { runKey, ordinal, attempt } = key;
  const signals = matched.map(({ index, signalId, params }) => ({
    index,
    signalId,
    params: signalParamsFromProto(params),
  }));
  return new Promise((resolve) => {
    submit({
      kind: 'event',
      runKey,
      event: { type: 'signals-matched', at: now(), ordinal, attempt, matched: signals },
      settle: () => resolve(MatchVerdict.DONE),
      fail: (err) => {
        logger.warn({ err, runKey: String(runKey) }, 'a match could not be committed and will be told again');
        resolve(MatchVerdict.LATER);
      },
    });
  });
}
