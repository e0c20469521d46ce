import type { ParamValue, ParamValueMap, RunKey, StepStatus, WorkflowInstanceStatus } from '@maestro/domain';
import type { IterationsAsk, LeafCounts, RecalledIterations } from '@maestro/engine';
import type { Statement } from '@maestro/postgres';
import { headerOf, type RunRow } from './run.js';

/** IterationRow is the latest run of one iteration. */
export interface IterationRow {
  readonly run_key: RunKey;
  readonly instance_id: bigint;
  readonly run_id: bigint;
  readonly status: WorkflowInstanceStatus;
  /** How many of its steps are in each status, as JSON. */
  readonly counts: string;
}

/** The latest run of every iteration of a loop, in their order. */
export function readIterations(workflowId: string): Statement<IterationRow> {
  return {
    name: 'run-iterations',
    text: `select distinct on (instance_id) run_key, instance_id, run_id, status, (progress -> 'counts')::text as counts
           from run where workflow_id = $1 and body is not null order by instance_id, run_id desc`,
    values: [workflowId],
  };
}

const ENDED: ReadonlySet<WorkflowInstanceStatus> = new Set(['SUCCEEDED', 'FAILED', 'STOPPED', 'TIMED_OUT']);

/** recalledOf is as much of them as the restart of the loop needs. */
export async function recalledOf(
  rows: readonly IterationRow[],
  ask: IterationsAsk,
  kind: 'foreach' | 'while',
  read: (runKey: RunKey) => Promise<readonly RunRow[]>,
): Promise<RecalledIterations> {
  const runId = rows.reduce((largest, row) => Math.max(largest, Number(row.run_id)), 0);
  const known = Number(rows.at(-1)?.instance_id ?? 0n);
  if (kind === 'foreach' || ask.keep === 'none') return { runId, known, ...keptOf(rows, ask) };
  const index = Math.min(ask.target ?? known - 1, known - 1);
  const last = rows.find(({ instance_id }) => Number(instance_id) === index + 1);
  if (last === undefined) return { runId, known: 0, ...keptOf([], ask) };
  const values = valuesOf((await read(last.run_key))[0]);
  const before = keptOf(rows.slice(0, index), { keep: 'ended' });
  return { runId, known: index + 1, ...before, kept: [], resume: { index, values } };
}

function keptOf(rows: readonly IterationRow[], { keep, target }: IterationsAsk) {
  const kept = rows.filter(
    ({ status, instance_id }) =>
      Number(instance_id) - 1 !== target &&
      (keep === 'succeeded' ? status === 'SUCCEEDED' : keep === 'ended' && ENDED.has(status)),
  );
  const ended: Partial<Record<WorkflowInstanceStatus, number>> = {};
  const rollup: { -readonly [K in keyof LeafCounts]: number } = {};
  for (const { status, counts } of kept) {
    ended[status] = (ended[status] ?? 0) + 1;
    for (const [step, count] of Object.entries(JSON.parse(counts) as LeafCounts) as [StepStatus, number][])
      rollup[step] = (rollup[step] ?? 0) + count;
  }
  return { kept: rangesOf(kept.map(({ instance_id }) => Number(instance_id) - 1)), ended, rollup };
}

function rangesOf(indexes: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const index of indexes) {
    const last = ranges.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges;
}

/** The variables of a while as the iteration saw them: its own params. */
function valuesOf(row: RunRow | undefined): ParamValueMap {
  const own = row === undefined ? {} : (headerOf(row).ownParams ?? {});
  const values = Object.entries(own).map(([name, param]): [string, ParamValue | undefined] => [
    name,
    param.evaluatedResult,
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as ParamValueMap;
}
