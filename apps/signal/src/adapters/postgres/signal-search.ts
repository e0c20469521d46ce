import type { Statement } from '@maestro/postgres';
import { rowsToAsk, type PageAsk } from '@maestro/service';
import type { SignalFilter } from '../../ports/signals.js';
import { binder, byEquality, hasParam, type Bind } from './compare-params.js';
import { lookupNumber } from './lookup-number.js';
import { SIGNAL_COLUMNS, type SignalRow } from './signal-instance.js';

/** selectSignals gives the rows of a page, nearest to the cursor first. */
export function selectSignals(name: string, ask: PageAsk, filter: SignalFilter): Statement<SignalRow> {
  const [comparison, order] = ask.direction === 'older' ? ['<', 'desc'] : ['>', 'asc'];
  const values: unknown[] = [name];
  const bind = binder(values);
  const conditions = conditionsOf(filter, bind);
  if (ask.cursor !== undefined) conditions.push(`s.seq_id ${comparison} ${bind(ask.cursor)}::int8`);
  const text = `select ${SIGNAL_COLUMNS} from signal_instance s where ${conditions.join(' and ')}
    order by s.seq_id ${order} limit ${bind(rowsToAsk(ask))}`;
  return { name: `select-signals-${lookupNumber(text)}`, text, values };
}

/** countSignals counts what a filter matches. */
export function countSignals(name: string, filter: SignalFilter): Statement<{ readonly total: bigint }> {
  const values: unknown[] = [name];
  const text = `select count(*) as total from signal_instance s where ${conditionsOf(filter, binder(values)).join(' and ')}`;
  return { name: `count-signals-${lookupNumber(text)}`, text, values };
}

function conditionsOf({ matchParams, since, until }: SignalFilter, bind: Bind): string[] {
  const times = [
    ...(since === undefined ? [] : [`s.create_time >= ${bind(since)}::int8`]),
    ...(until === undefined ? [] : [`s.create_time < ${bind(until)}::int8`]),
  ];
  return ['s.name = $1', ...times, ...byEquality(matchParams).map((comparison) => hasParam(comparison, bind))];
}
