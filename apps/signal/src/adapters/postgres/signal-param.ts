import type { SignalParams } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** SignalValues are the params of one instance. */
export interface SignalValues {
  readonly name: string;
  readonly seqId: bigint;
  readonly params: SignalParams;
}

export function insertParams(signals: readonly SignalValues[]): Statement {
  const rows = signals.flatMap(({ name, seqId, params }) =>
    Object.entries(params).map(([param, value]) => ({ name, seqId, param, value })),
  );
  return {
    name: 'insert-signal-params',
    text: `insert into signal_param (name, seq_id, param, text_value, long_value)
      select * from unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::int8[])`,
    values: [
      rows.map(({ name }) => name),
      rows.map(({ seqId }) => seqId),
      rows.map(({ param }) => param),
      rows.map(({ value }) => (typeof value === 'string' ? value : null)),
      rows.map(({ value }) => (typeof value === 'bigint' ? value : null)),
    ],
  };
}
