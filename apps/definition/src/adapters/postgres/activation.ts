import type { Millis, WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { Activation } from '../../ports/version-record.js';

/** ActivationRow is a row of `activation`; nulls where a version was never activated. */
export interface ActivationRow {
  readonly activate_time: bigint | null;
  readonly activation_author: string | null;
}

/** ACTIVATION_COLUMNS are the columns of an ActivationRow, of the alias `a`. */
export const ACTIVATION_COLUMNS = 'a.activate_time, a.author as activation_author';

export function activationOf(row: ActivationRow): Activation | undefined {
  if (row.activate_time === null || row.activation_author === null) return undefined;
  return { time: Number(row.activate_time), author: row.activation_author };
}

export function upsertActivation(
  key: { readonly workflowKey: WorkflowKey; readonly version: bigint },
  author: string,
  now: Millis,
): Statement {
  return {
    name: 'upsert-activation',
    text: `insert into activation (workflow_key, version, author, activate_time) values ($1, $2, $3, $4)
      on conflict (workflow_key, version) do update set author = excluded.author, activate_time = excluded.activate_time`,
    values: [key.workflowKey, key.version, author, now],
  };
}

/** deleteActivations deletes at most that many activations of a workflow. */
export function deleteActivations(workflowKey: WorkflowKey, limit: number): Statement {
  return {
    name: 'delete-activations',
    text: `delete from activation where workflow_key = $1 and version in
      (select version from activation where workflow_key = $1 order by version limit $2)`,
    values: [workflowKey, limit],
  };
}
