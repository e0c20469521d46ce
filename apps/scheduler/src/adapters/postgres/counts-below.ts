import type { RunKey } from '@maestro/domain';
import { addLeaves, type LeafCounts, type RunsUnderWay } from '@maestro/engine';
import { query, type Statement } from '@maestro/postgres';
import type { Pool } from 'pg';

interface CountsRow {
  /** As JSON. */
  readonly counts: string;
}

/** readCountsBelow adds up the steps of runs that go on, one look by key for each step that started some. */
export async function readCountsBelow(
  pool: Pool,
  runKey: RunKey,
  underWay: readonly RunsUnderWay[],
): Promise<ReadonlyMap<number, LeafCounts>> {
  if (underWay.length === 0) return new Map();
  const found = await query(
    pool,
    underWay.map((each) => selectCounts(runKey, each)),
  );
  return new Map(underWay.map(({ ordinal }, index) => [ordinal, sumOf(found[index]?.rows ?? [])]));
}

/** An iteration that was restarted has ended runs with the same number. */
function selectCounts(runKey: RunKey, { ordinal, instances }: RunsUnderWay): Statement<CountsRow> {
  return {
    name: 'run-counts-below',
    text: `select (progress -> 'counts')::text as counts from run
           where parent_run_key = $1 and parent_ordinal = $2 and instance_id = any($3::bigint[]) and end_time is null`,
    values: [runKey, ordinal, instances],
  };
}

function sumOf(rows: readonly CountsRow[]): LeafCounts {
  return rows.map(({ counts }) => JSON.parse(counts) as LeafCounts).reduce(addLeaves, {});
}
