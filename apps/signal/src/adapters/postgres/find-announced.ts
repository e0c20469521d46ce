import type { AwaitedSignal, SignalMatch } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { lookupNumber } from './lookup-number.js';
import { SIGNAL_COLUMNS, type SignalRow } from './signal-instance.js';

/**
 * findAnnounced looks for an instance that a dependency would match: the oldest, or the newest where that is wanted. Comparisons drive the
 * search through the index of their params, equality first; the others are checked row by row.
 */
export function findAnnounced({ name, matchParams, since, latest }: AwaitedSignal): Statement<SignalRow> {
  const order = latest === true ? 'desc' : 'asc';
  const values: unknown[] = [name];
  const bind = (value: unknown): string => `$${String(values.push(value))}`;
  const [driver, ...others] = Object.entries(matchParams).sort(byOperator);
  const conditions = others.map(
    ([param, match]) => `exists (${paramRow('o', param, match, bind)} and o.seq_id = s.seq_id)`,
  );
  if (since !== undefined) conditions.push(`s.create_time >= ${bind(since)}::int8`);
  const where = ['true', ...conditions].join(' and ');
  const text =
    driver === undefined
      ? `select ${SIGNAL_COLUMNS} from signal_instance s where s.name = $1 and ${where} order by s.seq_id ${order} limit 1`
      : `select ${SIGNAL_COLUMNS} from (${paramRow('d', driver[0], driver[1], bind)}) d
         join signal_instance s on s.name = $1 and s.seq_id = d.seq_id where ${where} order by d.seq_id ${order} limit 1`;
  // There are few texts: names and values are bound.
  return { name: `find-announced-${lookupNumber(text)}`, text, values };
}

function byOperator([, left]: [string, SignalMatch], [, right]: [string, SignalMatch]): number {
  return Number(left.operator !== '=') - Number(right.operator !== '=');
}

/** The operator is one of five words, never a text from outside. */
function paramRow(
  alias: string,
  param: string,
  { operator, value }: SignalMatch,
  bind: (value: unknown) => string,
): string {
  const column = typeof value === 'bigint' ? 'long_value' : 'text_value';
  const type = typeof value === 'bigint' ? 'int8' : 'text';
  return `select ${alias}.seq_id from signal_param ${alias} where ${alias}.name = $1 and ${alias}.param = ${bind(param)}
    and ${alias}.${column} ${operator} ${bind(value)}::${type}`;
}
