import { fromBinary } from '@bufbuild/protobuf';
import { query, type Statement } from '@maestro/postgres';
import { StartWorkflowRequestSchema } from '@maestro/proto/maestro/scheduler/v1/scheduler_service';
import { decodeParams, startRequestFromProto } from '@maestro/wire';
import type { Pool } from 'pg';
import type {
  FoundIteration,
  IterationAsk,
  IterationFilter,
  IterationPage,
  IterationReader,
  IterationsOf,
} from '../../ports/iteration-reader.js';
import { countIterations, selectIterations, selectLookedAt, type IterationViewRow } from './iteration-view.js';
import { timesOfRow } from './step.js';

/** postgresIterationReader reads from rows of `run` and `step` alone: iterations have no rows besides. */
export function postgresIterationReader(pool: Pool): IterationReader {
  const rowsOf = async <R>(statement: Statement<R>): Promise<readonly R[]> => (await query(pool, [statement]))[0].rows;
  const page = async (of: IterationsOf, filter: IterationFilter, ask: IterationAsk): Promise<IterationPage> => {
    const rows = await rowsOf(selectIterations(of, filter, ask));
    const items = rows.slice(0, ask.size).map(iterationOf);
    const ends = rows.length > ask.size ? [] : await rowsOf(selectLookedAt(of, filter, ask));
    const next = rows.length > ask.size ? items.at(-1)?.place : nearest(of, ask, ends);
    if (ask.direction === 'backward') items.reverse();
    return { items, next };
  };
  return {
    page,
    one: async (of, place) => {
      const after = place.with(-1, (place.at(-1) ?? 1n) - 1n);
      const [found] = (await page(of, {}, { size: 1, direction: 'forward', after })).items;
      return found?.place.every((number, index) => number === place[index]) === true ? found : undefined;
    },
    counts: (of) => rowsOf(countIterations(of)),
  };
}

const MAX_NUMBER = 9_223_372_036_854_775_807n;

/** Whatever lies before the first loop that was not looked at to its end has been looked at. */
function nearest(
  { inner }: IterationsOf,
  { direction }: IterationAsk,
  ends: readonly { readonly place: readonly bigint[] }[],
): readonly bigint[] | undefined {
  const beyond = direction === 'forward' ? MAX_NUMBER : 0n;
  const whole = ends.map(({ place }) => [...place, ...Array<bigint>(inner.length + 1 - place.length).fill(beyond)]);
  whole.sort((left, right) => compare(left, right) * (direction === 'forward' ? 1 : -1));
  return whole[0];
}

function compare(left: readonly bigint[], right: readonly bigint[]): number {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at < 0 ? 0 : Number((left[at] ?? 0n) > (right[at] ?? 0n)) * 2 - 1;
}

function iterationOf(row: IterationViewRow): FoundIteration {
  const { initiator } = startRequestFromProto(fromBinary(StartWorkflowRequestSchema, row.origin));
  return {
    place: row.place,
    runKey: row.run_key,
    workflowId: row.workflow_id,
    instanceId: row.place.at(-1) ?? 0n,
    runId: row.run_id,
    ancestors: 'ancestors' in initiator ? initiator.ancestors : [],
    attempt: row.attempt,
    status: row.status,
    times: timesOfRow(row.times),
    params: Object.assign(
      {},
      ...row.params.map((text) => decodeParams(Buffer.from(text))).reverse(),
    ) as FoundIteration['params'],
  };
}
