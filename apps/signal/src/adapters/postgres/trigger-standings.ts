import { query, type Statement } from '@maestro/postgres';
import { joinValues } from '@maestro/signal-match';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import { groupBy } from '../../ports/group-by.js';
import type { OpenJoin, TriggerSignal, TriggerStandings } from '../../ports/trigger-standings.js';
import { FIRING_COLUMNS, firingOf, selectTriggers, triggerOf, type FiringRow } from './lineage.js';

/** postgresTriggerStandings reads what triggers have gathered and did last. */
export function postgresTriggerStandings(pool: Pool): TriggerStandings {
  return {
    of: async (workflowId) => {
      const [triggers, signals, joins, firings] = await query(pool, [
        selectTriggers(workflowId),
        selectSignals(workflowId),
        selectJoins(workflowId),
        selectLastFirings(workflowId),
      ]);
      const [signalsOf, joinsOf] = [groupBy(signals.rows, uuidOf), groupBy(joins.rows, uuidOf)];
      const last = new Map(firings.rows.map((row) => [row.uuid, firingOf(row)]));
      return triggers.rows.map((row) => ({
        ...triggerOf(row),
        signals: (signalsOf.get(row.uuid) ?? []).map(signalOf),
        joins: (joinsOf.get(row.uuid) ?? []).map(joinOf),
        openJoins: joinsOf.get(row.uuid)?.[0]?.open ?? 0n,
        lastFiring: last.get(row.uuid),
      }));
    },
  };
}

const uuidOf = ({ uuid }: { readonly uuid: string }): string => uuid;

interface SignalRow {
  readonly uuid: string;
  readonly name: string;
  readonly last_seq: bigint | null;
  readonly last_time: bigint | null;
  readonly held: bigint;
}

/** More candidates of a trigger than that are not counted. */
const COUNTED = 10_000;
/** Open joins of a trigger that are named. */
const NAMED = 20;

function selectSignals(workflowId: string): Statement<SignalRow> {
  return {
    name: 'select-signals-of-triggers',
    text: `select t.uuid, s.name, n.last_seq, i.create_time as last_time,
        (select count(*) from (select 1 from trigger_candidate c where c.trigger_key = t.trigger_key and c.name = s.name limit ${COUNTED}) c) as held
      from trigger t join trigger_signal s on s.trigger_key = t.trigger_key left join signal_name n on n.name = s.name
      left join signal_instance i on i.name = s.name and i.seq_id = n.last_seq
      where t.workflow_id = $1 order by t.trigger_key, s.name`,
    values: [workflowId],
  };
}

function signalOf({ name, last_seq: lastSeq, last_time: lastTime, held }: SignalRow): TriggerSignal {
  return { name, lastSeq: lastSeq ?? 0n, lastTime: lastTime === null ? undefined : Number(lastTime), held };
}

interface JoinRow {
  readonly uuid: string;
  readonly join_text: string;
  readonly held: string;
  readonly since: bigint | null;
  readonly open: bigint;
}

function selectJoins(workflowId: string): Statement<JoinRow> {
  return {
    name: 'select-open-joins',
    text: `with oldest as (
        select t.trigger_key, t.uuid, c.join_text, c.name, min(c.seq_id) as seq_id from trigger t
        join lateral (select c.* from trigger_candidate c where c.trigger_key = t.trigger_key limit ${COUNTED}) c on true
        where t.workflow_id = $1 group by t.trigger_key, t.uuid, c.join_text, c.name
      ), joins as (
        select o.uuid, o.join_text, json_object_agg(o.name, o.seq_id)::text as held, min(i.create_time) as since,
          count(*) over (partition by o.trigger_key) as open,
          row_number() over (partition by o.trigger_key order by min(i.create_time), o.join_text) as place
        from oldest o left join signal_instance i on i.name = o.name and i.seq_id = o.seq_id
        group by o.trigger_key, o.uuid, o.join_text
      )
      select uuid, join_text, held, since, open from joins where place <= ${NAMED} order by place`,
    values: [workflowId],
  };
}

function joinOf({ join_text: text, held, since }: JoinRow): OpenJoin {
  return {
    values: joinValues(text),
    held: parseExactJson(held) as Readonly<Record<string, bigint>>,
    since: Number(since ?? 0),
  };
}

function selectLastFirings(workflowId: string): Statement<FiringRow> {
  return {
    name: 'select-last-firings',
    text: `select m.* from trigger t join lateral (
        select ${FIRING_COLUMNS} from trigger_match m where m.workflow_id = t.workflow_id and m.uuid = t.uuid order by m.match_id desc limit 1
      ) m on true where t.workflow_id = $1`,
    values: [workflowId],
  };
}
