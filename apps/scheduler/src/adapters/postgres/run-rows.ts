import type { AttemptKey, RunKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import { STEP_COLUMNS, type StepRow } from './step.js';
import type { TimelineRow } from './timeline.js';

/** All attempts of a run's steps. */
export function readAttempts(runKey: RunKey): Statement<StepRow> {
  return {
    name: 'step-read-all',
    text: `select ${STEP_COLUMNS} from step where run_key = $1 order by run_key, ordinal, attempt`,
    values: [runKey],
  };
}

/** One attempt of a step. */
export function readAttempt({ runKey, ordinal, attempt }: AttemptKey): Statement<StepRow> {
  return {
    name: 'step-read-one',
    text: `select ${STEP_COLUMNS} from step where run_key = $1 and ordinal = $2 and attempt = $3`,
    values: [runKey, ordinal, attempt],
  };
}

/** The newest events of a run and its steps, newest first. */
export function readNewestTimeline(runKey: RunKey, limit: number): Statement<TimelineRow> {
  return {
    name: 'timeline-read-newest',
    text: 'select run_key, ordinal, attempt, event from timeline where run_key = $1 order by run_key desc, id desc limit $2',
    values: [runKey, limit],
  };
}
