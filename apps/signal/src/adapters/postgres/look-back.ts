import type { Millis, SignalInstance } from '@maestro/domain';
import { pipeline, type Statement } from '@maestro/postgres';
import { shapeOf } from '@maestro/signal-match';
import type { PoolClient } from 'pg';
import { fireTriggers } from './fire-triggers.js';
import { offersOf } from './free-waits.js';
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal-instance.js';
import type { ShapeRow } from './signal-shape.js';
import type { KeyedTrigger } from './trigger.js';

/** Enough to make a round trip worth its while. */
const PAGE = 500;

/**
 * lookBack fires new triggers with what was announced since their definition changed and before it was heard of here; answers how many
 * fired. Under the locks of their signals' names: whatever is announced later sees them.
 */
export async function lookBack(
  client: PoolClient,
  triggers: readonly KeyedTrigger[],
  since: Millis,
  now: Millis,
): Promise<number> {
  const shapes = shapesOf(triggers);
  const keys = triggers.map(({ key }) => key);
  const names = [...new Set(shapes.map(({ name }) => name))];
  const [firsts] = await pipeline(client, [selectFirstSince(names, since)]);
  let fired = 0;
  for (const { name, seq_id: first } of firsts.rows) {
    const ofName = shapes.filter((each) => each.name === name);
    for await (const signals of signalsFrom(client, name, first))
      fired += await fireTriggers(client, signals, offersOf(signals, ofName), now, keys);
  }
  return fired;
}

/** Which params of which signals the triggers compare for equality; each once. */
function shapesOf(triggers: readonly KeyedTrigger[]): readonly ShapeRow[] {
  const all = triggers.flatMap(({ trigger }) =>
    Object.entries(trigger.definitions).map(([name, { matchParams = {} }]) => ({ name, shape: shapeOf(matchParams) })),
  );
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

async function* signalsFrom(
  client: PoolClient,
  name: string,
  first: bigint,
): AsyncGenerator<readonly SignalInstance[]> {
  let from: bigint | undefined = first;
  while (from !== undefined) {
    const signals: readonly SignalInstance[] = await signalPage(client, name, from);
    yield signals;
    const last = signals.at(-1)?.seqId;
    from = last === undefined || signals.length < PAGE ? undefined : last + 1n;
  }
}

async function signalPage(client: PoolClient, name: string, from: bigint): Promise<readonly SignalInstance[]> {
  const [{ rows }] = await pipeline(client, [selectFrom(name, from)]);
  return rows.map(signalOf);
}

/** The first of each name that was announced since an instant: the index by age has few of so late. */
function selectFirstSince(
  names: readonly string[],
  since: Millis,
): Statement<{ readonly name: string; readonly seq_id: bigint }> {
  return {
    name: 'select-first-signals-since',
    text: `with late as materialized (select name, seq_id from signal_instance where create_time >= $2)
      select name, min(seq_id) as seq_id from late where name = any ($1::text[]) group by name order by name`,
    values: [names, since],
  };
}

function selectFrom(name: string, from: bigint): Statement<SignalRow> {
  return {
    name: 'select-signals-from',
    text: `select ${SIGNAL_COLUMNS} from signal_instance s where s.name = $1 and s.seq_id >= $2 order by s.seq_id limit ${PAGE}`,
    values: [name, from],
  };
}
