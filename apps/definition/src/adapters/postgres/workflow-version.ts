import type { WorkflowKey } from '@maestro/domain';
import type { Statement } from '@maestro/postgres';
import type { VersionRecord } from '../../ports/version-record.js';
import { templatesNamed } from '../../ports/templates-named.js';
import { definitionOfText, definitionText, objectOfText, objectText } from './documents.js';

/** VersionRow is a row of `workflow_version`. */
export interface VersionRow {
  readonly version: bigint;
  readonly definition: string;
  readonly extra_info: string | null;
  readonly version_author: string;
  readonly version_time: bigint;
}

/** VERSION_COLUMNS are the columns of a VersionRow, of the alias `v`. */
export const VERSION_COLUMNS =
  'v.version, v.definition, v.extra_info, v.author as version_author, v.create_time as version_time';

export function versionRecord(row: VersionRow): VersionRecord {
  return {
    version: row.version,
    ...definitionOfText(row.definition),
    ...(row.extra_info === null ? {} : { extraInfo: objectOfText(row.extra_info) }),
    author: row.version_author,
    createTime: Number(row.version_time),
  };
}

export function insertVersion(workflowKey: WorkflowKey, record: VersionRecord): Statement {
  const { version, workflow, gitInfo, extraInfo, author, createTime } = record;
  const definition = definitionText({ workflow, ...(gitInfo === undefined ? {} : { gitInfo }) });
  const extra = extraInfo === undefined ? null : objectText(extraInfo);
  const uses = templatesNamed(workflow.steps).length > 0;
  return {
    name: 'insert-version',
    text: `insert into workflow_version (workflow_key, version, definition, extra_info, author, create_time, uses_templates)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [workflowKey, version, definition, extra, author, createTime, uses],
  };
}

export function selectVersionExists(
  workflowKey: WorkflowKey,
  version: bigint,
): Statement<{ readonly version: bigint }> {
  const text = 'select version from workflow_version where workflow_key = $1 and version = $2';
  return { name: 'select-version-exists', text, values: [workflowKey, version] };
}

/** deleteVersions deletes at most that many versions of a workflow. */
export function deleteVersions(workflowKey: WorkflowKey, limit: number): Statement {
  return {
    name: 'delete-versions',
    text: `delete from workflow_version where workflow_key = $1 and version in
      (select version from workflow_version where workflow_key = $1 order by version limit $2)`,
    values: [workflowKey, limit],
  };
}

export function countVersions(workflowKey: WorkflowKey): Statement<{ readonly total: bigint }> {
  const text = 'select count(*) as total from workflow_version where workflow_key = $1';
  return { name: 'count-versions', text, values: [workflowKey] };
}
