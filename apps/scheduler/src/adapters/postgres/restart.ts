import type { InstanceIdentity, Json, RunKey } from '@maestro/domain';
import { takenSteps, type PreviousStep, type RestartState, type RunHeader, type TakenStep } from '@maestro/engine';
import type { Statement } from '@maestro/postgres';
import { exactJsonText, parseExactJson } from '@maestro/wire';
import type { RunRestart } from '../../rows/batch-rows.js';
import { STEP_COLUMNS, stepOf, type StepRow } from './step.js';

/** restartText is what a run knows of the runs before it, as its column holds it. */
export function restartText(restart: RestartState | undefined): string | null {
  return restart === undefined ? null : exactJsonText(restart as unknown as Json);
}

/** readRestart reverses `restartText`. */
export function readRestart(text: string | null): RestartState | undefined {
  return text === null ? undefined : (parseExactJson(text) as unknown as RestartState);
}

/** Store what runs take over that were stored before it was known. */
export function updateRestarts(rows: readonly RunRestart[]): Statement {
  return {
    name: 'run-update-restarts',
    text: `update run r set restart = v.restart::json
           from unnest($1::bigint[], $2::text[]) v(run_key, restart) where r.run_key = v.run_key`,
    values: [rows.map(({ runKey }) => runKey), rows.map(({ restart }) => restartText(restart))],
  };
}

/** The run of an instance of a loop before another one. */
export function findRunBefore({ workflowId, instanceId, runId }: InstanceIdentity): Statement<{ run_key: RunKey }> {
  return {
    name: 'run-find-before',
    text: `select run_key from run where workflow_id = $1 and instance_id = $2 and run_id < $3 and body is not null
           order by run_id desc limit 1`,
    values: [workflowId, instanceId, runId],
  };
}

/** pointersOf are all steps of earlier runs that a run points at. */
export function pointersOf({ restart }: Pick<RunHeader, 'restart'>): readonly TakenStep[] {
  return restart === undefined ? [] : [...restart.inherited, ...restart.left];
}

/** The latest attempts that pointers mean. */
export function readTaken(pointers: readonly TakenStep[]): Statement<StepRow> {
  return {
    name: 'step-read-taken',
    text: `select distinct on (run_key, ordinal) ${STEP_COLUMNS}
           from step where (run_key, ordinal) in (select * from unnest($1::bigint[], $2::smallint[]))
           order by run_key, ordinal, attempt desc`,
    values: [pointers.map(({ runKey }) => runKey), pointers.map(({ ordinal, there = ordinal }) => there)],
  };
}

/** takenOf are the steps of earlier runs as the run sees them that points at them. */
export function takenOf(header: Pick<RunHeader, 'restart'>, rows: readonly StepRow[]): readonly PreviousStep[] {
  const found = rows.map((row): { readonly runKey: RunKey; readonly step: ReturnType<typeof stepOf> } => ({
    runKey: row.run_key,
    step: stepOf(row),
  }));
  return takenSteps(pointersOf(header), found);
}
