import type { Statement } from '@maestro/postgres';
import { type PageAsk, rowsToAsk } from '@maestro/service';
import type { ListFilter } from '../../ports/run-reader.js';
import { timeOrder, TIME_ORDER } from '@maestro/domain';
import { isIteration, NEWEST_KEY } from './find-run.js';
import { RUN_COLUMNS, type RunRow } from './run.js';

/** LISTED_COLUMNS leave the params of a run where they are: they may be large. */
export const LISTED_COLUMNS = RUN_COLUMNS.replace(' params,', " '{}' as params,");

/** No later run of the instance exists. Alias `r` is the run that is asked about. */
const IS_LATEST = `not exists (select 1 from instance_run n
  where n.workflow_key = r.workflow_key and n.instance_id = r.instance_id and n.run_id > r.run_id)`;
const CHOSEN = '($2::text[] is null or r.status = any ($2)) and ($3::text is null or r.tenant = $3)';
/** Runs of a workflow are found by their identity; alias `r` carries status and tenant. */
const OF_WORKFLOW = `instance_run i join run r on r.run_key = i.run_key where i.workflow_key = ${NEWEST_KEY}`;

/** ListScope is one of the three lists: what it ranges over and which number orders it. */
interface ListScope {
  readonly name: 'all' | 'workflow' | 'instance' | 'iterations';
  readonly from: string;
  readonly key: 'run_key' | 'instance_id' | 'run_id';
}

// $1 and $4 are the workflow and the instance; each text names both, so that all three take the same values.
const ALL: ListScope = {
  name: 'all',
  from: `run r where $1::text is null and $4::bigint is null and r.body is null and ${IS_LATEST}`,
  key: 'run_key',
};
const WORKFLOW: ListScope = {
  name: 'workflow',
  from: `${OF_WORKFLOW} and $4::bigint is null and ${IS_LATEST}`,
  key: 'instance_id',
};
const INSTANCE: ListScope = { name: 'instance', from: `${OF_WORKFLOW} and i.instance_id = $4::bigint`, key: 'run_id' };

/** The iterations of a loop have no row in instance_run. */
const ITERATIONS: ListScope = {
  name: 'iterations',
  from: `run r where r.workflow_id = $1 and r.body is not null and ($4::bigint is null or r.instance_id = $4::bigint)
    and not exists (select 1 from run n where n.workflow_id = r.workflow_id and n.instance_id = r.instance_id
                      and n.body is not null and n.run_id > r.run_id)`,
  key: 'instance_id',
};

function scopeOf({ workflowId, instanceId }: ListFilter): ListScope {
  if (workflowId === undefined) return ALL;
  if (isIteration({ workflowId })) return ITERATIONS;
  return instanceId === undefined ? WORKFLOW : INSTANCE;
}

/** listKey is the number that orders the list of this filter. */
export function listKey(filter: ListFilter): (row: RunRow) => bigint {
  const { name, key } = scopeOf(filter);
  return name === 'all' ? ({ run_key }) => timeOrder(run_key) : (row) => row[key];
}

/** The runs of a page, nearest to the cursor first. */
export function selectRuns(filter: ListFilter, ask: PageAsk): Statement<RunRow> {
  const { name, from, key } = scopeOf(filter);
  if (name === 'all') return selectAll(filter, ask);
  const [comparison, order] = ask.direction === 'older' ? ['<', 'desc'] : ['>', 'asc'];
  const keyOf = name === 'iterations' ? `r.${key}` : `i.${key}`;
  return {
    name: `run-list-${name}-${ask.direction}`,
    text: `select ${LISTED_COLUMNS} from run where run_key = any (array(
             select r.run_key from ${from} and ${CHOSEN} and ($5::bigint is null or ${keyOf} ${comparison} $5)
             order by ${keyOf} ${order} limit $6))
           order by ${key} ${order}`,
    values: [...filterValues(filter), ask.cursor ?? null, rowsToAsk(ask)],
  };
}

/**
 * Over all workflows runs stand in the order of their time: the class of retention, with which run keys begin, does not count. Each class gives its
 * next ones in the order of the primary key, and these few are merged.
 */
function selectAll(filter: ListFilter, ask: PageAsk): Statement<RunRow> {
  const [comparison, order] = ask.direction === 'older' ? ['<', 'desc'] : ['>', 'asc'];
  return {
    name: `run-list-all-${ask.direction}`,
    text: `select ${LISTED_COLUMNS} from run where run_key = any (array(
             select m.run_key from generate_series(0, 7) c(class), lateral (
               select r.run_key from ${ALL.from} and ${CHOSEN}
                 and r.run_key between c.class::bigint << 60 and c.class::bigint << 60 | ${String(TIME_ORDER)}
                 and ($5::bigint is null or r.run_key ${comparison} (c.class::bigint << 60 | $5))
               order by r.run_key ${order} limit $6) m
             order by m.run_key & ${String(TIME_ORDER)} ${order} limit $6))
           order by run_key & ${String(TIME_ORDER)} ${order}`,
    values: [...filterValues(filter), ask.cursor ?? null, rowsToAsk(ask)],
  };
}

/** How many runs the filter matches. Without status and tenant the identities are counted, in the order of their key. */
export function countRuns(filter: ListFilter): Statement<{ readonly total: bigint }> {
  const { name, from } = scopeOf(filter);
  if (name !== 'instance' && name !== 'iterations' && filter.statuses === undefined && filter.tenant === undefined)
    return countInstances(filter);
  return {
    name: `run-count-${name}`,
    text: `select count(*) as total from ${from} and ${CHOSEN}`,
    values: filterValues(filter),
  };
}

function countInstances({ workflowId }: ListFilter): Statement<{ readonly total: bigint }> {
  const all = workflowId === undefined;
  const where = all ? '' : `where workflow_key = ${NEWEST_KEY}`;
  return {
    name: all ? 'instance-count-all' : 'instance-count-workflow',
    text: `select coalesce(sum(instances), 0)::bigint as total
           from (select count(distinct instance_id) as instances from instance_run ${where} group by workflow_key) w`,
    values: all ? [] : [workflowId],
  };
}

function filterValues({ workflowId, instanceId, statuses, tenant }: ListFilter): readonly unknown[] {
  return [workflowId ?? null, statuses ?? null, tenant ?? null, instanceId ?? null];
}
