import type { InstanceIdentity, RunKey } from '@maestro/domain';
import type { IterationsAsk, RecalledIterations } from '@maestro/engine';
import { headerOf, type RunRow } from '../../adapters/postgres/run.js';
import type { Tables } from './tables.js';
import { recalledOf, type IterationRow } from '../../adapters/postgres/iterations.js';

/** runBefore is the run of an iteration before this one. */
export function runBefore({ runs }: Tables, { workflowId, instanceId, runId }: InstanceIdentity): RunKey | undefined {
  const before = [...runs.values()].filter(
    (run) => isIteration(run, workflowId) && run.instance_id === instanceId && run.run_id < runId,
  );
  return before.sort((a, b) => Number(b.run_id - a.run_id))[0]?.run_key;
}

/** iterationsOf is what became of the iterations of a loop, as far as its restart asks. */
export function iterationsOf(
  tables: Tables,
  workflowId: string,
  ask: IterationsAsk,
  kind: 'foreach' | 'while',
): Promise<RecalledIterations> {
  const latest = new Map<bigint, RunRow>();
  for (const run of tables.runs.values()) {
    if (!isIteration(run, workflowId)) continue;
    const known = latest.get(run.instance_id);
    if (known === undefined || known.run_id < run.run_id) latest.set(run.instance_id, run);
  }
  const rows = [...latest.values()].sort((a, b) => Number(a.instance_id - b.instance_id)).map(rowOfIteration);
  return recalledOf(rows, ask, kind, (runKey) => {
    const row = tables.runs.get(runKey);
    return Promise.resolve(row === undefined ? [] : [row]);
  });
}

function isIteration({ workflow_id: id, body }: RunRow, workflowId: string): boolean {
  return id === workflowId && body !== null;
}

function rowOfIteration(run: RunRow): IterationRow {
  const { run_key, instance_id, run_id, status } = run;
  return { run_key, instance_id, run_id, status, counts: JSON.stringify(headerOf(run).counts) };
}
