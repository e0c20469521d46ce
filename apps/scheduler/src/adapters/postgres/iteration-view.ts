import type { StepStatus } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { IterationAsk, IterationFilter, IterationsOf } from '../../ports/iteration-reader.js';

/** MAX_SCANNED is how many iterations a page looks at: it bounds what a filter that matches little costs. */
export const MAX_SCANNED = 2_000;
const MAX_NUMBER = 9_223_372_036_854_775_807n;

/** IterationViewRow is one row of the flattened view. */
export interface IterationViewRow {
  readonly place: readonly bigint[];
  readonly run_key: bigint;
  readonly workflow_id: string;
  readonly run_id: bigint;
  readonly origin: Buffer;
  readonly attempt: number;
  readonly status: StepStatus;
  readonly times: readonly (bigint | null)[];
  /** Params of the iterations around it, innermost first. */
  readonly params: readonly string[];
}

/** Iterations that have not ended, or not well: they have an index of their own. */
const NOTABLE = 'and (end_time is null or ended_badly)';
/** A step in one of these statuses has ended well, as far as its run is concerned. */
const ENDED_WELL: ReadonlySet<StepStatus> = new Set([
  'DISABLED',
  'UNSATISFIED',
  'SKIPPED',
  'SUCCEEDED',
  'COMPLETED_WITH_ERROR',
]);

/** View is one form of the statement; the values are the same for all. */
interface View {
  readonly depth: number;
  readonly backward: boolean;
  readonly notable: boolean;
  readonly whole: boolean;
}

// $1 outermost workflow id, $2 numbers to begin at, $3 prefixes and $4 heads of the inner ids, $5 ordinal, $6 before, $7 statuses,
// $8 values, $9 rows, $10 iterations to look at.
function valuesOf(of: IterationsOf, filter: IterationFilter, ask: IterationAsk): readonly unknown[] {
  const start = ask.direction === 'forward' ? 0n : MAX_NUMBER;
  return [
    of.outermost,
    ask.after ?? [of.outermost, ...of.inner].map(() => start),
    of.inner.map(({ prefix }) => prefix),
    of.inner.map(({ stepId }) => `[${JSON.stringify(stepId)},"`),
    of.ordinal ?? 0,
    of.before ?? null,
    filter.statuses ?? null,
    filter.values === undefined ? null : JSON.stringify(filter.values),
    ask.size,
    MAX_SCANNED,
  ];
}

/** Parameters that a form does not need must still be of a known type; never executed. */
const TYPES = `with types as (select $1::text, $2::bigint[], $3::text[], $4::text[], $5::int, $6::bigint, $7::text[], $8::text,
  $9::bigint, $10::bigint)`;

/** The rows of a page, nearest to its beginning first. */
export function selectIterations(
  of: IterationsOf,
  filter: IterationFilter,
  ask: IterationAsk,
): Statement<IterationViewRow> {
  const view = viewOf(of, filter, ask);
  return {
    name: nameOf('iterations-list', view),
    text: `${TYPES} select array[${numbers(view.depth)}] as place, l.*, array[${paramsOf(view.depth)}] as params
           from (${positions(view, view.depth)}) p cross join lateral (${leaf(view)}) l
           where ($7::text[] is null or l.status = any ($7)) and ${valuesMatch(view.depth)}
           order by ${order(view, view.depth)} limit $9`,
    values: valuesOf(of, filter, { ...ask, size: ask.size + 1 }),
  };
}

/** How far a page could look: of each loop the last iteration that was looked at, where there were more than allowed. */
export function selectLookedAt(
  of: IterationsOf,
  filter: IterationFilter,
  ask: IterationAsk,
): Statement<{ readonly place: readonly bigint[] }> {
  const view = viewOf(of, filter, ask);
  const levels = Array.from({ length: view.depth }, (_, index) => index + 1);
  const last = (depth: number): string =>
    `(select array[${numbers(depth)}] as place from (${positions(view, depth)}) p offset $10::bigint - 1 limit 1)`;
  return {
    name: nameOf('iterations-looked-at', view),
    text: `${TYPES} select place from (${levels.map(last).join(' union all ')}) ends`,
    values: valuesOf(of, filter, ask),
  };
}

/** How many iterations are in each status, and the first of each. */
export function countIterations(
  of: IterationsOf,
): Statement<{ readonly status: StepStatus; readonly count: bigint; readonly first: readonly bigint[] }> {
  const view = { depth: of.inner.length + 1, backward: false, notable: false, whole: of.ordinal === undefined };
  return {
    name: nameOf('iterations-count', view),
    text: `${TYPES} select l.status, count(*) as count, min(array[${numbers(view.depth)}]) as first
           from (${positions(view, view.depth)}) p cross join lateral (${leaf(view)}) l group by l.status`,
    values: valuesOf(of, {}, { size: 0, direction: 'forward' }).with(-1, MAX_NUMBER),
  };
}

function viewOf(of: IterationsOf, { statuses }: IterationFilter, { direction }: IterationAsk): View {
  return {
    depth: of.inner.length + 1,
    backward: direction === 'backward',
    notable: statuses?.every((status) => !ENDED_WELL.has(status)) === true,
    whole: of.ordinal === undefined,
  };
}

const nameOf = (list: string, { depth, backward, notable, whole }: View): string =>
  [list, depth, ...(backward ? ['back'] : []), ...(notable ? ['notable'] : []), ...(whole ? ['whole'] : [])].join('-');

const upTo = (depth: number, each: (level: number) => string): string =>
  Array.from({ length: depth }, (_, index) => each(index + 1)).join(', ');
const numbers = (depth: number): string => upTo(depth, (level) => `p.i${level}`);
const order = ({ backward }: View, depth: number): string =>
  upTo(depth, (level) => `p.i${level}${backward ? ' desc' : ''}`);

/**
 * The iterations of the loops down to one depth, in order, with the inline ids (`w`) that they have. Each loop is read in the order of its
 * index, from where the page begins, and never further than the page looks.
 */
function positions(view: View, depth: number): string {
  const { backward } = view;
  const comparison = `${backward ? '<' : '>'}${depth === view.depth ? '' : '='}`;
  const own = (workflowId: string, from: string): string =>
    `select distinct instance_id from run where workflow_id = ${workflowId} and body is not null
       ${view.notable && depth === view.depth ? NOTABLE : ''} and instance_id ${comparison} ${from}
     order by instance_id ${backward ? 'desc' : 'asc'} limit $10::bigint`;
  if (depth === 1) return `select $1::text as w1, instance_id as i1 from (${own('$1', '($2::bigint[])[1]')}) o`;
  const above = upTo(depth - 1, (level) => `p.i${level}`);
  const begin = upTo(depth - 1, (level) => `($2::bigint[])[${level}]`);
  const from = `(case when (${above}) = (${begin}) then ($2::bigint[])[${depth}] else ${backward ? MAX_NUMBER : 0} end)`;
  const id = `($3::text[])[${depth - 1}] || md5(($4::text[])[${depth - 1}] || p.i${depth - 1} || '","' || p.w${depth - 1} || '"]')`;
  return `select p.*, o.instance_id as i${depth}
          from (select p.*, ${id} as w${depth} from (${positions(view, depth - 1)}) p order by ${order(view, depth - 1)}) p
          cross join lateral (${own(`p.w${depth}`, from)}) o
          order by ${order(view, depth - 1)}, o.instance_id ${backward ? 'desc' : 'asc'} limit $10::bigint`;
}

/** What the newest run of an iteration has: of an iteration as a whole its status, else the latest attempt of the step. */
function leaf({ depth, whole }: View): string {
  const status = `case r.status when 'IN_PROGRESS' then 'RUNNING' when 'FAILED' then 'FATALLY_FAILED' else r.status end`;
  const times = 'array[r.create_time, null, null, null, null, null, r.start_time, null, null, r.end_time]';
  const columns = whole
    ? `0 as attempt, ${status} as status, ${times} as times from run r`
    : 's.attempt, s.status, s.times from run r join step s on s.run_key = r.run_key and s.ordinal = $5::int';
  return `select r.run_key, r.workflow_id, r.run_id, r.origin, ${columns}
          where r.workflow_id = p.w${depth} and r.instance_id = p.i${depth} and r.body is not null
            and ($6::bigint is null or r.create_time < $6)
          order by r.run_id desc, r.run_key desc${whole ? '' : ', s.attempt desc'} limit 1`;
}

const paramsOf = (depth: number): string => upTo(depth, (level) => own(depth + 1 - level));
/** Params of the iteration at one depth; the same for all of its runs but for a while, whose latest count. */
const own = (level: number): string =>
  `(select params::text from run where workflow_id = p.w${level} and instance_id = p.i${level} and body is not null
    order by run_id desc, run_key desc limit 1)`;

/** Of params with the same name those of the innermost loop count. */
function valuesMatch(depth: number): string {
  const value = upTo(depth, (level) => `${own(depth + 1 - level)}::json -> f.key ->> 'evaluatedResult'`);
  return `($8::text is null or not exists (select 1 from json_each($8::json) f
            where coalesce(${value}) is null or coalesce(${value}) not in (select json_array_elements_text(f.value))))`;
}
