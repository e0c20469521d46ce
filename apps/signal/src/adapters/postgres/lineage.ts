import type { AwaitedSignal, SignalParams, SignalTrigger } from '@maestro/domain';
import { query, type Statement } from '@maestro/postgres';
import { pageOf, rowsToAsk } from '@maestro/service';
import { parseExactJson } from '@maestro/wire';
import type { Pool } from 'pg';
import type {
  Firing,
  FreedStep,
  FiringState,
  Lineage,
  LiveTrigger,
  RunName,
  SignalEdge,
  TracedDependency,
} from '../../ports/lineage.js';
import type { MatchedSignals } from '../../ports/triggers.js';
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal-instance.js';
import { readMatches } from './wait.js';

/** postgresLineage reads what announcements and waits left behind. */
export function postgresLineage(pool: Pool): Lineage {
  return {
    consumersOf: async (name, seqId, limit) => {
      const [freed, fired] = await query(pool, [selectFreed(name, seqId, limit), selectFired(name, seqId, limit)]);
      return { freed: freed.rows.map(freedOf), fired: fired.rows.map(firingOf) };
    },
    run: async (run, limit) => {
      const [fired, waits, emitted] = await query(pool, [
        selectFiringOfRun(run),
        selectWaitsOfRun(run, limit),
        selectEmitted(run, limit),
      ]);
      const dependencies = waits.rows.map(dependencyOf);
      return {
        startedBy: fired.rows.map(firingOf)[0],
        consumed: dependencies.filter(({ dependency }) => dependency.status === 'MATCHED'),
        awaited: dependencies.filter(({ dependency }) => dependency.status === 'PENDING'),
        emitted: emitted.rows.map(signalOf),
      };
    },
    edges: async (workflowIds, limit) => {
      const [{ rows }] = await query(pool, [selectEdges(workflowIds, limit)]);
      return rows;
    },
    triggers: async (workflowId) => {
      const [{ rows }] = await query(pool, [selectTriggers(workflowId)]);
      return rows.map(triggerOf);
    },
    firings: async (workflowId, states, ask) => {
      const [found, total] = await query(pool, [
        selectFirings(workflowId, states, ask),
        countFirings(workflowId, states),
      ]);
      const totalCount = total.rows[0]?.total ?? 0n;
      return pageOf(ask, found.rows, { key: (row) => row.match_id, item: firingOf, totalCount });
    },
  };
}

interface StepColumns {
  readonly workflow_id: string;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly step_id: string;
  readonly attempt: number;
  readonly step_instance: bigint;
}

const STEP_COLUMNS = 'w.workflow_id, w.instance_id, w.run_id, w.step_id, w.attempt, w.step_instance';

function stepOf(row: StepColumns): FreedStep['step'] {
  return {
    workflowId: row.workflow_id,
    instanceId: row.instance_id,
    runId: row.run_id,
    stepId: row.step_id,
    stepAttemptId: BigInt(row.attempt),
    stepInstanceId: row.step_instance,
  };
}

function selectFreed(
  name: string,
  seqId: bigint,
  limit: number,
): Statement<StepColumns & { readonly match_time: bigint }> {
  return {
    name: 'select-freed-steps',
    text: `select ${STEP_COLUMNS}, w.match_time from wait w where w.name = $1 and w.seq_id = $2 order by w.match_time, w.run_key limit $3`,
    values: [name, seqId, limit],
  };
}

function freedOf(row: StepColumns & { readonly match_time: bigint }): FreedStep {
  return { step: stepOf(row), matchTime: Number(row.match_time) };
}

/** FiringRow is a row of `trigger_match`. */
export interface FiringRow {
  readonly match_id: bigint;
  readonly workflow_id: string;
  readonly uuid: string;
  readonly signals: string;
  readonly state: FiringState;
  readonly detail: string | null;
  readonly instance_id: bigint | null;
  readonly run_id: bigint | null;
  readonly create_time: bigint;
  readonly settle_time: bigint | null;
}

/** FIRING_COLUMNS of `trigger_match m`. */
export const FIRING_COLUMNS =
  'm.match_id, m.workflow_id, m.uuid, m.signals, m.state, m.detail, m.instance_id, m.run_id, m.create_time, m.settle_time';

function selectFired(name: string, seqId: bigint, limit: number): Statement<FiringRow> {
  return {
    name: 'select-fired-by-signal',
    text: `select ${FIRING_COLUMNS} from trigger_match_signal s join trigger_match m on m.match_id = s.match_id
      where s.name = $1 and s.seq_id = $2 order by m.match_id limit $3`,
    values: [name, seqId, limit],
  };
}

function selectFiringOfRun({ workflowId, instanceId, runId }: RunName): Statement<FiringRow> {
  return {
    name: 'select-firing-of-run',
    text: `select ${FIRING_COLUMNS} from trigger_match m where m.workflow_id = $1 and m.instance_id = $2 and m.run_id = $3 limit 1`,
    values: [workflowId, instanceId, runId],
  };
}

export function firingOf(row: FiringRow): Firing {
  const signals = Object.entries(parseExactJson(row.signals) as unknown as MatchedSignals);
  const { instance_id: instanceId, run_id: runId } = row;
  return {
    firingId: row.match_id,
    workflowId: row.workflow_id,
    uuid: row.uuid,
    signalIds: Object.fromEntries(signals.map(([name, { seqId }]) => [name, seqId])),
    state: row.state,
    detail: row.detail ?? undefined,
    started: instanceId === null || runId === null ? undefined : { instanceId, runId },
    fireTime: Number(row.create_time),
    settleTime: row.settle_time === null ? undefined : Number(row.settle_time),
  };
}

interface WaitRow extends StepColumns {
  readonly name: string;
  readonly matches: string;
  readonly since: bigint | null;
  readonly seq_id: bigint | null;
  readonly params: string | null;
}

function selectWaitsOfRun({ workflowId, instanceId, runId }: RunName, limit: number): Statement<WaitRow> {
  return {
    name: 'select-waits-of-run',
    text: `select ${STEP_COLUMNS}, w.name, w.matches, w.since, w.seq_id, s.params from wait w
      left join signal_instance s on s.name = w.name and s.seq_id = w.seq_id
      where w.workflow_id = $1 and w.instance_id = $2 and w.run_id = $3
      order by w.step_instance, w.attempt, w.position limit $4`,
    values: [workflowId, instanceId, runId, limit],
  };
}

function dependencyOf(row: WaitRow): TracedDependency {
  const { name, seq_id: signalId, since, params } = row;
  const wanted = { name, matchParams: readMatches(row.matches), ...(since === null ? {} : { since: Number(since) }) };
  const dependency: AwaitedSignal =
    signalId === null
      ? { ...wanted, status: 'PENDING' }
      : { ...wanted, status: 'MATCHED', signalId, params: parseExactJson(params ?? '{}') as SignalParams };
  return { step: stepOf(row), dependency };
}

function selectEmitted({ workflowId, instanceId, runId }: RunName, limit: number): Statement<SignalRow> {
  return {
    name: 'select-emitted-signals',
    text: `select ${SIGNAL_COLUMNS} from signal_instance s
      where s.source_workflow_id = $1 and s.source_instance_id = $2 and s.source_run_id = $3 order by s.create_time, s.name, s.seq_id limit $4`,
    values: [workflowId, instanceId, runId, limit],
  };
}

/** Signals that these workflows announce or hear, with everybody at their other ends. */
function selectEdges(workflowIds: readonly string[], limit: number): Statement<SignalEdge> {
  return {
    name: 'select-signal-edges',
    text: `with ids as (select unnest($1::text[]) collate "C" as id), names as (
        select p.name from signal_producer p join ids on p.workflow_id = ids.id
        union select c.name from signal_consumer c join ids on c.workflow_id = ids.id
        union select s.name from trigger t join ids on t.workflow_id = ids.id join trigger_signal s on s.trigger_key = t.trigger_key
      ), heard as (
        select n.name, c.workflow_id as to, 'STEP' as kind from names n join signal_consumer c on c.name = n.name
        union select n.name, t.workflow_id, 'TRIGGER' from names n join trigger_signal s on s.name = n.name join trigger t on t.trigger_key = s.trigger_key
      ), edges as (
        select coalesce(p.workflow_id, '') as from, h.name as signal, h.to, h.kind from heard h left join signal_producer p on p.name = h.name
      )
      select * from edges e where e.from in (select id from ids) or e.to in (select id from ids)
      order by 1, 2, 3, 4 limit $2`,
    values: [workflowIds, limit],
  };
}

/** TriggerRow is a row of `trigger`. */
export interface TriggerRow {
  readonly uuid: string;
  readonly definition: string;
  readonly create_time: bigint;
  readonly gathered: bigint;
}

/** selectTriggers finds those of a workflow that are subscribed. */
export function selectTriggers(workflowId: string): Statement<TriggerRow> {
  return {
    name: 'select-live-triggers',
    text: `select t.uuid, t.definition, t.create_time,
        (select count(*) from (select 1 from trigger_candidate c where c.trigger_key = t.trigger_key limit 10001) c) as gathered
      from trigger t where t.workflow_id = $1 order by t.trigger_key`,
    values: [workflowId],
  };
}

export function triggerOf(row: TriggerRow): LiveTrigger {
  return {
    uuid: row.uuid,
    trigger: parseExactJson(row.definition) as unknown as SignalTrigger,
    subscribeTime: Number(row.create_time),
    gathered: row.gathered,
  };
}

function selectFirings(
  workflowId: string,
  states: readonly FiringState[],
  ask: Parameters<Lineage['firings']>[2],
): Statement<FiringRow> {
  const older = ask.direction === 'older';
  const [comparison, order] = older ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: older ? 'select-older-firings' : 'select-newer-firings',
    text: `select ${FIRING_COLUMNS} from trigger_match m where m.workflow_id = $1
      and (cardinality($2::text[]) = 0 or m.state = any ($2::text[])) and ($3::int8 is null or m.match_id ${comparison} $3)
      order by m.match_id ${order} limit $4`,
    values: [workflowId, states, ask.cursor ?? null, rowsToAsk(ask)],
  };
}

function countFirings(workflowId: string, states: readonly FiringState[]): Statement<{ readonly total: bigint }> {
  return {
    name: 'count-firings',
    text: `select count(*) as total from trigger_match m where m.workflow_id = $1 and (cardinality($2::text[]) = 0 or m.state = any ($2::text[]))`,
    values: [workflowId, states],
  };
}
