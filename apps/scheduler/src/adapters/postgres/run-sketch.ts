import type { RunKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { LISTED_COLUMNS } from './list-runs.js';
import type { RunRow } from './run.js';
import { STEP_COLUMNS, type StepRow } from './step.js';
import type { TimelineRow } from './timeline.js';

/** SKETCHED_COLUMNS leave params and artifacts where they are: they may be large. */
const SKETCHED_COLUMNS = STEP_COLUMNS.replace('params, artifacts', 'null as params, null as artifacts');

export function sketchRun(runKey: RunKey): Statement<RunRow> {
  return { name: 'run-sketch', text: `select ${LISTED_COLUMNS} from run where run_key = $1`, values: [runKey] };
}

/** StepSketchRow has the transaction that wrote the row last: it differs after each write. */
export interface StepSketchRow extends StepRow {
  readonly written: string;
}

/** The latest attempts of a run's steps, without what is large. */
export function sketchSteps(runKey: RunKey): Statement<StepSketchRow> {
  return {
    name: 'step-sketch',
    text: `select distinct on (run_key, ordinal) ${SKETCHED_COLUMNS}, xmin::text as written from step where run_key = $1
           order by run_key, ordinal, attempt desc`,
    values: [runKey],
  };
}

/** How far the timeline of each step goes. */
export function timelineMarks(runKey: RunKey): Statement<{ readonly ordinal: number; readonly last: bigint }> {
  return {
    name: 'timeline-marks',
    text: 'select ordinal, max(id) as last from timeline where run_key = $1 and ordinal is not null group by ordinal',
    values: [runKey],
  };
}

/** The latest attempts of some steps. */
export function readSomeSteps(runKey: RunKey, ordinals: readonly number[]): Statement<StepRow> {
  return {
    name: 'step-read-some',
    text: `select distinct on (run_key, ordinal) ${STEP_COLUMNS} from step where run_key = $1 and ordinal = any ($2::smallint[])
           order by run_key, ordinal, attempt desc`,
    values: [runKey, ordinals],
  };
}

/** The newest events of a run itself and of some of its steps, newest first. */
export function readSomeTimeline(runKey: RunKey, ordinals: readonly number[], limit: number): Statement<TimelineRow> {
  return {
    name: 'timeline-read-some',
    text: `select run_key, ordinal, attempt, event from timeline
           where run_key = $1 and (ordinal is null or ordinal = any ($2::smallint[]))
           order by run_key desc, id desc limit $3`,
    values: [runKey, ordinals, limit],
  };
}
