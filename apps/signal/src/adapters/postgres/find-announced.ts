import type { AwaitedSignal } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { binder, byEquality, hasParam, paramRows } from './compare-params.js';
import { lookupNumber } from './lookup-number.js';
import { SIGNAL_COLUMNS, type SignalRow } from './signal-instance.js';

/**
 * findAnnounced looks for an instance that a dependency would match: the oldest, or the newest where that is wanted. One comparison drives
 * the search through the index of its param; the others are checked row by row.
 */
export function findAnnounced({ name, matchParams, since, latest }: AwaitedSignal): Statement<SignalRow> {
  const order = latest === true ? 'desc' : 'asc';
  const values: unknown[] = [name];
  const bind = binder(values);
  const [driver, ...others] = byEquality(matchParams);
  const conditions = others.map((comparison) => hasParam(comparison, bind));
  if (since !== undefined) conditions.push(`s.create_time >= ${bind(since)}::int8`);
  const where = ['true', ...conditions].join(' and ');
  const text =
    driver === undefined
      ? `select ${SIGNAL_COLUMNS} from signal_instance s where s.name = $1 and ${where} order by s.seq_id ${order} limit 1`
      : `select ${SIGNAL_COLUMNS} from (${paramRows('d', driver, bind)}) d
         join signal_instance s on s.name = $1 and s.seq_id = d.seq_id where ${where} order by d.seq_id ${order} limit 1`;
  // There are few texts: names and values are bound.
  return { name: `find-announced-${lookupNumber(text)}`, text, values };
}
