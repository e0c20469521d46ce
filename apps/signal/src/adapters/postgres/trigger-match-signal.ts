import type { Statement } from '@maestro/postgres';
import type { MatchedSignals } from '../../ports/triggers.js';

/** insertUsed notes which signals fired which triggers. */
export function insertUsed(
  matches: readonly { readonly matchId: bigint; readonly signals: MatchedSignals }[],
): Statement {
  const used = matches.flatMap(({ matchId, signals }) =>
    Object.entries(signals).map(([name, { seqId }]) => ({ matchId, name, seqId })),
  );
  return {
    name: 'insert-trigger-match-signals',
    text: `insert into trigger_match_signal (name, seq_id, match_id) select * from unnest($1::text[], $2::int8[], $3::int8[])`,
    values: [used.map(({ name }) => name), used.map(({ seqId }) => seqId), used.map(({ matchId }) => matchId)],
  };
}
