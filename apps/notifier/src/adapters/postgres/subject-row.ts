import type { AlertSubject } from '@maestro/alerting';

/** SubjectRow is an AlertSubject in columns. */
export interface SubjectRow {
  readonly workflow_id: string;
  readonly instance_id: bigint | null;
  readonly run_id: bigint | null;
  readonly step_id: string | null;
}

export function subjectOf(row: SubjectRow): AlertSubject {
  return {
    workflowId: row.workflow_id,
    ...(row.instance_id === null ? {} : { instanceId: row.instance_id }),
    ...(row.run_id === null ? {} : { runId: row.run_id }),
    ...(row.step_id === null ? {} : { stepId: row.step_id }),
  };
}

/** WITHIN: a row is about a subject ($1 to $4), or about something within it. */
export const WITHIN = `workflow_id = $1 and ($2::int8 is null or instance_id = $2) and ($3::int8 is null or run_id = $3)
  and ($4::text is null or step_id = $4)`;

/** valuesOf are those of WITHIN, and those of the columns in their order. */
export function valuesOf({ workflowId, instanceId, runId, stepId }: AlertSubject): readonly unknown[] {
  return [workflowId, instanceId ?? null, runId ?? null, stepId ?? null];
}
