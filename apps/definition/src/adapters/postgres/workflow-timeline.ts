import type { Millis, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';

/** TimelineRow is a row of `workflow_timeline`. */
export interface TimelineRow {
  readonly author: string;
  readonly log: string;
  readonly event_time: bigint;
}

/** insertTimeline runs after `takeSequence`, whose number it takes. */
export function insertTimeline(
  workflowKey: WorkflowKey,
  line: { author: string; log: string; now: Millis },
): Statement {
  return {
    name: 'insert-timeline',
    text: `insert into workflow_timeline (workflow_key, sequence, author, log, event_time)
      select $1, last_sequence, $2, $3, $4 from feed where singleton`,
    values: [workflowKey, line.author, line.log, line.now],
  };
}

export function selectTimeline(workflowKey: WorkflowKey, limit: number): Statement<TimelineRow> {
  return {
    name: 'select-timeline',
    text: `select author, log, event_time from workflow_timeline where workflow_key = $1 order by sequence desc limit $2`,
    values: [workflowKey, limit],
  };
}

/** deleteTimeline deletes at most that many lines of a workflow. */
export function deleteTimeline(workflowKey: WorkflowKey, limit: number): Statement {
  return {
    name: 'delete-timeline',
    text: `delete from workflow_timeline where workflow_key = $1 and sequence in
      (select sequence from workflow_timeline where workflow_key = $1 order by sequence limit $2)`,
    values: [workflowKey, limit],
  };
}
