import type { RunKey } from '@maestro/domain';
import { headerOf, type RunRow } from '../../adapters/postgres/run.js';
import { isIteration } from '../../adapters/postgres/find-run.js';
import { stepOf } from '../../adapters/postgres/step.js';
import type { FoundRun, RunPicture, RunReader, RunReference, RunSketch } from '../../ports/run-reader.js';
import { instanceNotFound } from '../../queries/instance-not-found.js';
import { earlierOf } from './read-runs.js';
import { keyOf, type Tables } from './tables.js';

type Reader = Pick<RunReader, 'find' | 'read' | 'attempt' | 'request' | 'sketch'>;
/** Ask has a look done at the database. */
type Ask = <T>(label: string, look: () => T) => Promise<T>;

/** memoryReader reads runs as people see them, as far as the acts of the simulation need it. */
export function memoryReader(tables: Tables, ask: Ask): Reader {
  return {
    find: (reference) => ask('find', () => find(tables, reference)),
    read: (reference) => ask('read', () => picture(tables, find(tables, reference).runKey)),
    attempt: ({ runKey, ordinal, attempt }) =>
      ask('attempt', () => {
        const [run, step] = [tables.runs.get(runKey), tables.steps.get(runKey)?.get(keyOf(ordinal, attempt))];
        return run === undefined || step === undefined ? undefined : { header: headerOf(run), step: stepOf(step) };
      }),
    request: (workflowKey, requestId) => ask('request', () => tables.requests.get(keyOf(workflowKey, requestId))),
    sketch: (runKey) => ask('sketch', () => sketch(tables, runKey)),
  };
}

function find(tables: Tables, reference: RunReference): FoundRun {
  const { workflowId, instanceId, runId } = reference;
  const known = [...tables.runs.values()].filter(
    (run) =>
      run.workflow_id === workflowId &&
      run.instance_id === instanceId &&
      isIteration(reference) === (run.body !== null),
  );
  const latest = known.reduce((most, run) => (run.run_id > most ? run.run_id : most), 0n);
  const row = known.find((run) => run.run_id === (runId === 0n ? latest : runId));
  if (row === undefined) throw instanceNotFound(reference, {});
  return {
    workflowId,
    instanceId,
    runKey: row.run_key,
    workflowKey: row.workflow_key,
    version: row.version,
    runId: row.run_id,
    latestRunId: latest,
    status: row.status,
    body: row.body === null ? undefined : (JSON.parse(row.body) as readonly string[]),
  };
}

function picture(tables: Tables, runKey: RunKey): RunPicture {
  const row = tables.runs.get(runKey);
  if (row === undefined) throw new Error(`run ${runKey} is gone`);
  return pictureOf(tables, row);
}

function pictureOf(tables: Tables, row: RunRow): RunPicture {
  const header = headerOf(row);
  const attempts = [...(tables.steps.get(row.run_key)?.values() ?? [])].map(stepOf);
  return {
    header,
    ver: row.ver,
    modifyTime: Number(row.modify_time),
    parkedReason: row.parked_reason ?? undefined,
    admitted: row.admitted,
    blocking: row.blocking,
    attempts: attempts.sort((a, b) => a.ordinal - b.ordinal || a.attempt - b.attempt),
    timeline: [],
    earlier: earlierOf(tables, header),
  };
}

function sketch(tables: Tables, runKey: RunKey): RunSketch | undefined {
  const row = tables.runs.get(runKey);
  return row === undefined ? undefined : { run: pictureOf(tables, row), revisions: new Map() };
}
